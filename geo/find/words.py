"""The words by which a text points back, goes on, introduces, and labels. Lower case with plain apostrophes, but for DATELINE."""

from __future__ import annotations

import re

DEFINITE = re.compile(
    r"(?:^|\W)(?:the|this|that|these|those|such|its|their|his|her|both|\w+'s|\w+s')\s+(?:(?:(?!(?:calls?|called|said|says|told|describes?|repl(?:ied|ies)|respond(?:ed|s)|retaliate[ds]|answer(?:ed|s)|with)\b)[\w-]+\s+){0,3})$"
)
POINTS_BACK = re.compile(
    r"(?:the|this|that|these|those|such|it|its|they|their|he|his|she|her|both|neither|all)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun|yester)day's\b"
)
ANOTHER = re.compile(
    r"\b(?:another(?! (?:was |were )?(?:injured|wounded|hurt|killed|dead|died|person|man|woman|child|soldier|civilian|two|three|four|five)\b)|a (?:second|third|fourth|further|separate|similar|new)|one more|the (?:second|third|next))\s+(?:[\w-]+\s+){0,3}$"
)
# "30 died across the country", "over six regions"
OF_THE_COUNTRY = re.compile(
    r"\b(?:across|throughout|around|all over|over) the (?:whole |entire )?country\b|\b(?:nation|country)-?wide\b|\b(?:different|various|several|many) parts of the country\b|"
    r"\b(?:over|across|in) (?:several|various|many|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?(?:regions|provinces|oblasts|states|governorates|departments)\b"
)
# Of its whole day, not of the scene told last: "the air force said it shot down 20 drones", "it said its jets struck 15 targets".
MANY = (
    r"(?:(?:more than|at least|about|around|some|over|nearly|almost|up to|a total of|all|another) )?(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|a dozen|dozens(?: of)?|scores(?: of)?|hundreds(?: of)?|several)"
)
FLYING = r"(?:[\w-]+ ){0,3}?(?:drones?|uavs?|shaheds?|missiles?|rockets?|jets?|migs?|helicopters?|planes?|aircraft|warplanes?|fighters?|bombers?|gunships?|projectiles?)"
FORCES = r"(?:air force|air defen[cs]es?|defen[cs]e (?:ministry|forces)|ministry|armed forces|army|military|navy|general staff|coalition|command)"
OF_ITS_DAY = re.compile(
    r"\b(?:said|says|announced|reported|claimed) (?:(?:on \w+|late|early) )?(?:that )?(?:it|they|(?:its|their) (?:[\w-]+ ){0,2}[\w-]+|(?:the )?air defen[cs]es?(?: \w+)?) (?:(?:had|have|has|also) ){0,2}"
    rf"(?:(?:shot down|downed|intercepted|destroyed|brought down) (?:an? |{MANY} (?:of (?:{MANY} )?)?)?{FLYING}"
    rf"|(?:struck|hit|bombed|attacked|targeted|shelled|destroyed) (?:{MANY} )?(?:[\w-]+ ){{0,3}}?(?:targets|positions|sites|hideouts|bases|camps)"
    rf"|(?:fired|launched) {MANY} {FLYING}"
    rf"|(?:killed|eliminated|neutrali[sz]ed) {MANY} (?!of (?:them|the|its)\b|more\b|attackers|assailants))"
    rf"|\b(?:fired|launched) {MANY} {FLYING}\b[^.;]{{0,60}}?, (?:the |its )?(?:\w+ )?{FORCES} (?:said|reported)\b"
    rf"|\b{FORCES} (?:[\w’'-]+ ){{0,4}}?(?:said|says|announced|reported|claimed) (?:that )?{MANY} (?:{FLYING} (?:were|had been|have been) (?:shot down|downed|intercepted|destroyed)"
    r"|(?:[\w-]+ ){1,3}?(?:were|had been|have been) (?:killed|eliminated|neutrali[sz]ed) in (?:operations|strikes|air strikes|airstrikes|raids|clashes|fighting)\b)"
)
AT_HOME = re.compile(r"\b(?:rebels?|bandits?|insurgents?|guerrillas?|separatists?|maoists?|secessionists?)\b")
SHOT_DOWN = re.compile(r"\b(?:shot down|downed|intercepted|destroyed|brought down)\b")
# Of people, "a second" and "another" are one more whom the same event struck, unless an event is named.
ANOTHER_EVENT = re.compile(
    r"\b(?:another|a (?:second|third|fourth|further|separate|similar|new)|one more|the (?:second|third|next))\s+(?:[\w-]+\s+){0,2}"
    r"(?:attacks?|strikes?|airstrikes?|raids?|blasts?|bombs?|bombings?|explosions?|incidents?|assaults?|ambush(?:es)?|clash(?:es)?|shootings?|shellings?|"
    r"shells?|rockets?|missiles?|drones?|mines?|devices?|gun ?battles?|firefights?|operations?|massacres?|barrages?|cases?)\s+(?:[\w-]+\s+){0,2}$"
)
# "A second strike killed three": at the scene of the first.
SECOND_BLOW = re.compile(
    r"\b(?:a|the) second (?:[\w-]+ )?(?:(?:air ?)?strike|missile|rocket|shell|bomb|bomber|blast|explosion|device|drone|mine|grenade|salvo|volley|barrage|wave)\b"
)
# Who died later of what an event did to them: the day of the death is not the day of the event.
DIED_LATER = re.compile(
    r"\b(?:died|dead|succumb\w*)\b[^.;]{0,40}?\b(?:hospitals?|clinic|wounds|injuries|burns|surgery|operating table)\b|\bof the (?:injured|wounded)\b[^.;]{0,30}\b(?:died|dead)\b"
    r"|\bdied (?:[\w-]+ ){1,3}later\b|\ba (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b[^.;,]{0,30}\b(?:died|has died|succumbed)\b"
)
# Whoever says how many died says it on a day of its own: "The president admitted a week later that 54 of his men had died".
STATED = re.compile(
    r"\b(?:said|says|announc\w+|confirm\w+|report(?:s|ed)|admit\w*|acknowledg\w+|stated|declared|disclosed|revealed|conceded|put|updated|raised|revised|recorded|counted|told \w+)\b"
)
SPEAKER_WORDS = 6  # words of "the shadow government"
STATED_BESIDE = 12  # characters between those words and the day
# An answer to an event is another one.
ANSWERED = re.compile(
    r"\b(?:respond(?:ed|s|ing)|retaliat(?:ed|es|ing)|answer(?:ed|s|ing)|repl(?:ied|ies)|hit back|struck back)\b(?:(?! to\b)[^.;]){0,60}$"
)
ANSWERS = re.compile(r"(?:by|respond|retaliat\w+ (?:with|by))\b")  # the joints before an answer
# What takes its kind from the event told before: "a similar attack", "a second raid", "they struck".
SAME_KIND = re.compile(
    r"\b(?:another|an?|the)\s+(?:second|third|fourth|fifth|similar|further|separate|new|fresh|later|subsequent|next)\s+(?:such\s+)?$"
    r"|\b(?:another|one more)(?:\s+such)?\s+$|(?:^|\W)(?:they|it|the same (?:group|men|fighters|gunmen|attackers|raiders|militants|rebels)|the (?:attackers|assailants|raiders|gunmen))\s+(?:then |also |again |later |next |had |have )*$"
)
MORE_OF_THEM = re.compile(
    r"\s+(?:(?:another|a further|at least|some)\s+)*[\w-]+\s+(?:more|others)\b"
)  # "killed three more"
MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
MONTH_OR_YEAR = re.compile(
    rf"(?:(?:in|during|since|between|from|late|early|mid)[- ])*(?:{MONTH}(?:(?: and | or | to |-|–){MONTH})*(?:,? \d{{4}})?|\d{{4}})"
)
MORE = re.compile(r"\b(?:two|three|four|five|six|seven|\d+|several)\s+(?:more|other|further)\b")
AGAIN = re.compile(r"\b(?:again|once more|for (?:a|the) (?:second|third) time)\b")
PARTICIPANTS = re.compile(
    r"\W*(?:the|all|both|two of the|three of the|most of the|one of the|some of the|among the)\s+(?:\w+\s+){0,2}?(?:attackers?|assailants?|gunm[ae]n|bombers?|militants|raiders|"
    r"blasts?|explosions?|dead|wounded|injured|victims?|killed|attack|strikes?|raid|assault|toll|figure|count|bodies|missiles?|rockets?|drones?|shells?|clash(?:es)?|fighting|"
    r"deaths?|casualties|survivors|hostages|captives|abductees|students|reporters|men|women|three|two|four|five|bomb|device|vehicle|truck|car|militia|soldiers|operation|ambush|massacre|incident|violence|killings?|murders?|shootings?)\b"
)
POINTED_PLACE = re.compile(
    r"\b(?:the (?:very )?same|that (?:very )?same|this (?:very )?same|this|that|the)\s+(?:[\w-]+\s+){0,3}?(?P<kind>city|town|village|square|district|area|province|region|capital|airport|base|hospital|camp|market|neighbou?rhood|port|island|governorate|settlement|place|crossroads|junction|intersection|roundabout|stretch|spot|scene|site|suburb|quarter|compound|building|route|highway|checkpoint|post|hotel|restaurant|hamlet|locality|township|prefecture|mosque|bazaar|street|road|bridge|church|school|college|university|prison|station)\b(?!\s+(?:of|in|near|called|named)\b)"
)
DATELINE = re.compile(
    r"\W*(?:[A-Z][A-Z'’.-]{2,}(?:[ -][A-Z'’.-]{2,})*|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}(?=, | \())[^\n.;:]{0,60}?(?:\([^)\n]{2,40}\)\s*)?\s*(?:--|[-–—])\s"
)
DONE = re.compile(
    r"\b(?:launched|carried out|conducted|responded (?:with|by)|retaliated (?:with|by)|mounted|staged|unleashed|undertook|came under)\b"
)
TOWN_WORDS = frozenset({"city", "town", "village", "capital", "settlement", "port"})
INDEFINITE = re.compile(
    r"\b(?:a|an|another|several|two|three|four|five|six|\d+|new|fresh|further)\s+(?:[\w-]+\s+){0,4}$"
)
AFTER_THE_EVENT = re.compile(
    r",\s+(?!which|killing|wounding|injuring|leaving|destroying|where|who|including|in\b|on\b|at\b|near\b|according|when|causing|but|and\b)"
)
SITE_FINENESS = 1.8  # a district or finer: `parts.fineness`
DIVISION_FINENESS = 1.0  # a province; a country is less
INHERITED_PARAGRAPHS = 3  # how far on a toll of its own place still belongs to the event told before
REACH_PARAGRAPHS = 6  # "the attack" with no place points no farther back
NOUNS_IN_ED = frozenset({"bloodshed"})
STRUCK = frozenset(  # verbs of one word that do not end in -ed
    "shot struck hit killed died blew took takes retook fell falls overran seize captures explodes explode detonates detonate kills dies abducts kidnaps executes beheads bombards storms shoots fought slew lost loses recovers enters holds".split()
)
HEADS_TRIED = 3  # event words of one part, strongest first
LABEL_LOOSE_WORDS = 2  # words of a label beside its places and days: "near", "province"
COUNTERS = re.compile(
    r"\W*(?:the |a |an |later |local |health |by \w+ |on \w+day |yesterday,? |today,? |preliminary |first |\w+(?:an|ish|ese|i|ch) (?=author|gov|off|pol))*(?:officials?|police|ministr(?:y|ies)|rescuers?|medics?|doctors?|authorities|government|"
    r"hospitals?|un|united nations|residents|witnesses|aid workers|rights groups?|inquiry|reports?|death toll|toll|count|morgue|red cross|red crescent)\b(?! (?:forces|troops|soldiers|army|peacekeepers|jets?|planes?|warplanes?|helicopters?|gunners|artillery|militia\w*|commandos|snipers|gunm[ae]n)\b)"
)
# "Oum counts five dead", "the ministry gave three killed": a figure for what was told
COUNTED_BY = re.compile(
    r"\b(?:count(?:s|ed)|puts?|g(?:ives?|ave)|rais(?:es|ed)|revis(?:es|ed)|list(?:s|ed)|sp(?:eaks|oke) of) (?:[\w'-]+ ){0,5}$"
)
# "By Wednesday the number of dead had reached 12", "has confirmed 32 deaths as of Tuesday": a day up to which was counted
COUNTED_UNTIL = re.compile(r"\b(?:as (?:of|at)|until|up to|by)\s+(?:late |early |midday |noon )?(?:on )?(?:\w+day\b)?")
PUT_AT = re.compile(r"\bputs? (?:the |its |their )?(?:\w+ )?$")  # "yesterday they put the dead at 87"
THE_ONES = re.compile(
    r"\W*the (?!attack|military|army|police|government|minist)([a-z]{3,})\b"
)  # "The miners were shot"
HAPPENED = re.compile(r"\W*(?:\w+ )?(?:began|started|took place|occurred|happened|came|was|lasted|broke out)\b")
# "the fighting erupted after a colonel was shot on Sunday": the day is that of what came first.
STARTED_AFTER = re.compile(
    r"(?:\W+(?:ha[sd] |then )?(?:erupted|broke out|broken out|began|started|flared(?: up)?|came|followed))?(?:\W+(?:late|early|on|there|hours|days|shortly|soon|\w+day|night|evening|morning)){0,4}\W+after\b(?=[^.;]{0,160}?\b(?:was|were|had been) (?:\w+ly )?(?:killed|shot|wounded|arrested|assassinated|murdered|attacked|injured|beaten)\b)"
)
# "the convoy was attacked near Oum", "50 rebels were killed in the operation": of what was told before.
STRUCK_BEFORE = re.compile(
    r"\W*the (?:[\w-]+ ){0,2}?(?P<noun>[\w-]+)(?:, [^,.;]{3,50},)? (?:was|were|had been) (?:\w+ly )?$"
)
IN_THE_EVENT = re.compile(
    r"\b(?:in|during) (?:the|this|that) (?:\w+ )?(?:operation|attack|raid|clash(?:es)?|fighting|battle|assault|ambush|gun ?fight|gun ?battle|shoot-?out|fight|blast|explosion|bombing|strike)\b(?! (?:in|at|on|near|of|outside|against)\b)"
)
OCCURRED = re.compile(r"\W*the (?:\w+ )?incident (?:\w+ )?(?:took place|occurred|happened)\b")
# "The ambush happened late on Monday near the village of Oum", "The raid on Oum": up to the place, nothing but when and at what.
HAPPENED_AT = re.compile(
    r"(?:\W+(?:(?:was|were) (?:carried out|staged|launched)|(?:\w+ )?(?:began|started|took place|occurred|happened|unfolded)))?"
    r"(?:\W+(?:late|early|on|at|around|about|shortly|overnight|just|during|in the (?:early |small )?hours(?: of)?|(?:before|after) (?:dawn|midnight|noon|sunrise|sunset|dusk)|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day)(?:'s)?|night|morning|afternoon|evening|dawn|dusk|noon|midnight|the|local time|[ap]\.?m\.?|\d[\d:.]*\w*))*"
    r",?\s+(?:in|at|on|near|outside|around|inside)\s+(?:(?!(?:to|from|by|after|before|since|as|when|that|who|which|and|between|was|were|is|are|has|had)\b)[\w'’-]+,?\s+){0,6}$"
)
MAY_BE_PLACES = frozenset({"state", "capital", "adjective"})  # forms of actor words: "Tripoli's", "Iraq"
THERE = re.compile(r"\bthere\b(?! (?:was|were|is|are|had|has|have|will))")
# "the exact operation which targeted": told elsewhere, and what follows only says which one is meant
WHICH_DID = re.compile(
    r"\b(?:the|this|that)\s+(?:\w+\s+){0,3}(?:operation|attack|strike|raid|bombing|assault|blast|shooting|explosion|massacre|rockets?|missiles?|bomb)s?,?\s+(?:that|which)\s+$"
)
MUNITIONS = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:more than )?a dozen|dozens of|several|a (?:salvo|barrage|volley) of)\s+"
    r"(?:[\w-]+\s+){0,3}(?:missiles|rockets|drones|shells|mortars|bombs)\b"
)
HURT = re.compile(
    r"(?:was|were|been)\s+(?:\w+\s+)?(?:killed|wounded|injured|hurt|shot(?: dead)?|gunned down|neutrali[sz]ed|eliminated|martyred|slaughtered|massacred|butchered|murdered|executed|beheaded|hacked to death|stabbed to death|burned (?:alive|to death)|burnt (?:alive|to death))(?: in (?:their|his|her) (?:homes?|houses?|huts?|beds?))?$"
)
# Nouns that without a day and a number only name a kind of crime: "executions in Oum".
CRIMES = re.compile(
    r"massacres|killings|murders|kidnappings|abductions|executions|assassinations|(?:enforced |forced )?disappearances|rapes?|lynchings|sexual (?:violence|assaults|abuse|slavery)|pogroms|vigilantes?|riots"
)
# "he died two days later": what came of the event that was just told
LATER_DEATH = re.compile(
    r"\W*(?:and |but )?(?:he|she|they|both|(?:one|two|three|another)(?: of (?:them|the wounded|the injured|those hurt))?|the (?:man|woman|victim|boy|girl|officer|soldier)) (?:later |subsequently |has since |had since )?died\b"
)
# What came after an event, at a place and on a day of its own: "He was buried on Monday in his village".
CAME_AFTER = re.compile(
    r"\b(?:buried|burial|funeral|laid to rest|cremated|visit\w*|hospital|treat(?:ed|ing|ment)|flown|mourn\w*|vigil|arrest\w*|charged|trial|court|sentenced|talks|summit|met|meeting|condemn\w*|ceremony)\b"
)
KILLED = re.compile(r"kill|dead|died|bodies|victims|perish|lost their li")
ELSEWHERE = re.compile(
    r"\W*(?:elsewhere|separately|in (?:a |an)?(?:separate|second|similar|related|another) (?:incident|attack|development|event|case)|(?:on )?(?:that|the) same (?:day|night))\b"
)
# A clock that has gone on: what then struck is no second telling. (What then was counted or was told again may be.)
LATER_ON = re.compile(
    r"\W*(?:and |then,? )?(?:(?:about|barely|just|less than|only|some|within) )?(?:an? |half an |[\w-]+ |several |a few )?(?:minutes?|hours?) (?:later|afterwards)\b"
)
LAUNCHED = re.compile(r"(?:launch|carr(?:y|ied)|conduct|fir(?:ed|ing)|stag|mount|unleash|undert)")
OF_ITS_SITES = re.compile(
    r"\s*(?:\w+\s+)?(?:bases?|soil|territory|airspace|waters|targets|cities|towns|villages|airports?|ports|posts?|positions)\b"
)
NOBODY = re.compile(r"\b(?:no|no one|nobody|none|without(?: any)?|neither|not)\s+(?:[\w'-]+\s+){0,4}$")
LIST_ITEM = re.compile(r"\W{0,3}(?:[-–—*•▪●◦·>|]|\(?[a-z0-9]{1,2}[.)]\s|\d{4}-\d\d-\d\d)")
HAD_DONE = re.compile(
    r"\b(?:that|who|which)\s+(?:had|have|has)\s+(?:\w+\s+)?$"
)  # "the groups that had attacked troops"
PRONOUN = re.compile(r"\W*(?:it|they|he|she|this|these|those|both|neither|all|none|nobody)\b")
VERB = re.compile(
    r"\w+ed|\w+ing|shot|struck|hit|fell|tore|blew|took|taken|fought|fled|set|burst|stole|drove|held|shook|left|lost|died|dies|broke|broken|came|put|threw|thrown|beat|beaten|cut|ran|swept|overran|blew|blown|flew|rode|laid|sent|won|retook|drew|fought|stole|stolen|seizes?|enters?|captures|went|goes|gone|lay|led|gave|rose|caught|dived|sank|sunk|spread|torn|mown|slit|stood|sat|began|rang|bumped|befell"
)
LABEL_TOKENS = 12  # a longer sentence without event words is prose, not a label
REMOTE = "Explosions/Remote violence"  # the kind of event of which news gives lists: bombings, strikes, shellings
ELLIPTIC_TOKENS = 30  # a longer sentence without event words tells something else
PAST = re.compile(
    r"ed\b|\b(?:was|were|took|held|set|sent|left|withdrew|shot|struck|found|cut|stole|burnt|overthrew|threw|came|grew|laid|began|gave|dug|swore|quit|fled|fell|tore|rode|swept|broke|blew|put|drove|made|brought|flew|met|signs?|seizes?|arrests?|finds?|detains?)\b"
)
# Strategic developments that news names without reporting one: they need both a day and a place, or who did it.
OFTEN_IN_PASSING = frozenset({"Agreement", "Change to group/activity", "Other", "Headquarters or base established"})
# "Raid on the River": every word but the small ones begins with a capital
QUOTED = re.compile(r"[\"“](?P<words>[^\"“”\n]{4,60})[\"”]")
TITLE_CHARACTERS = 60
TITLE_REACH = 300  # characters before event words in which the title that holds them begins
SMALL_WORDS = frozenset("a an the of on in at to for and or by from with over under that".split())
NAMED_OPERATION = re.compile(r"(?:Operation|Exercise)\b")
# A sentence that says when, and whose next one says what happened: "On Friday night men came to the school."
SCENE_OPENING = 12  # characters before its day: "Then, on"
SCENE_REACH = 2  # sentences
# "has today submitted": the day of the paper, not of what it is about
HANDED_IN = re.compile(
    r"\s+(?:submitted|published|released|presented|filed|handed|delivered|lodged|issued|called|urged|asked)\b"
)
STATEMENT = re.compile(
    r"\b(?:sa(?:id|ys)|told|tells|announc\w+|condemn\w+|visit\w+|statement|interview\w*|publish\w+|reported|wrote|spoke|elections?|promis\w+|pledg\w+|will|plan\w*|due|vote[ds]?|met|talks|summit|born|weather|match)\b"
)
