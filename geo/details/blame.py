"""How news says that somebody claims an attack, is blamed for it, or denies it: patterns around the name of a party."""

from __future__ import annotations

import re

CLAIMED = re.compile(
    r"^\W*(?:(?:through|via|on|in) [^,.;]{1,50}, )?(?:[\w’'()-]+,?\s+){0,6}?(?:claimed|claims|took credit|take credit|taken credit|boasted|admitted|acknowledged|owned up|said (?:that )?(?:(?:it|they|its \w+(?: \w+)?) (?:carried out|was behind|were behind|was responsible|were responsible|had (?:also )?(?!been|no|not)\w+ed|killed|attacked|targeted|struck|hit|bombed|shelled|fired|launched|planted|detonated|ambushed|shot|destroyed|did it|seized|captured|sank|downed|sent|executed|aimed|conducted|staged|mounted|used|blew|inflicted|dropped|raided|stormed|abducted|had (?:shot|struck|hit|sent|blown))|the \w+ \w+ was its)|was behind|"
    r"has claimed|confirmed (?:that )?it|"
    r"(?:said|says|announced|declared) (?:that )?(?:he|she|they|the (?:\w+ )?(?:bombers?|attackers?|gunm[ae]n|killers?|men|man|driver)) (?:was|were|had been|is|are) (?:one of |some of |members? of )?(?:its|their|theirs)|"
    r"(?:said|says) (?:that )?(?:one|two|three|some|several) of (?:its|their) |(?:said|says) (?:that )?(?:it|they|its \w+) (?:did|had done) (?:that|so|it|this)|owned (?:it|this|the \w+)|took ownership|called (?:it|this|the \w+) (?:its|the first|a (?:gift|message|response|reply|warning))|(?:hailed|named) the (?:bombers?|attackers?|gunm[ae]n)|(?:said|says|claimed|claims) (?:that )?(?:he|she|they|the \w+) (?:was|were|had been|is|are) its (?:own )?(?:m[ae]n|fighters?|members?|soldiers?)|"
    r"(?:said|says|insisted|insists|maintained) (?:that )?(?:the|it|its|they) (?:[\w-]+ ){0,3}(?:was|were|had been|is) (?:an? |the )?(?:[\w“\"-]+ ){0,3}(?:targets?|command (?:post|cent(?:re|er))|hide-?outs?|bases?|weapons|military|militant|terrorist|legitimate)|"
    r"(?:said|says) (?:that )?(?:its|their) [“\"‘']?(?:soldiers|fighters|men|mujahide+n|knights|caliphate soldiers|heroes|unit|martyr\w*)[”\"’']? (?:had )?(?:planted|detonated|attacked|carried|did|targeted|struck|blew|ambushed|killed|fired))\b"
)
# What an army says of its own shells and jets: "said it was looking into the reports".
LOOKS_INTO_IT = re.compile(
    r"^[^.;]{0,30}?\b(?:said|says|saying) (?:that )?(?:it|they) (?:was|were|is|are) (?:looking (?:into|at)|checking|reviewing|examining|assessing|investigating|studying|not aware|unaware)\b"
)
SPOKE_FOR = re.compile(
    r"\b(?:spokes\w+|statements?|communiqu\S+|commanders?|leaders?|leadership|wing|channels?|branch|officials?|media arm|website|callers?|messages?|video|letters?) (?:for|of|from|by|speaking for|on behalf of) (?:the )?$"
)
ITS_MAN = re.compile(
    r"^\W*(?:has |had |later )?(?:said|says|claimed|claims) (?:that )?(?:he|she|they|the [\w-]+|both|all (?:of them|\w+)) (?:was|were|had been|is|are) (?:one of |some of |members? of |also )?(?:its|theirs|their)\b"
)
NOT_ITS_DEED = (
    r"denied|denies|deny|rejects?|rejected|nothing to do with|not (?:behind|involved|responsible)|no (?:hand|part|role)"
)
DENIES = re.compile(rf"\b(?:{NOT_ITS_DEED}|dismiss\w*|disput\w+|refut\w+)\b")  # said of a blamed force
DISOWNED = re.compile(
    rf"\b(?:{NOT_ITS_DEED}|no link|not claimed|condemned|unlike|rather than)\b"
)  # said of whoever fits
DENIAL = re.compile(r"\b(?:denied|denies|deny|not|no group|nobody|no one|never|rejected|condemned|praised)\b")
WAS_BLAMED = re.compile(
    r"^\W*(?:(?!(?:suspect|believ|said|says|think|alleg|that)\w*\b)[\w’'-]+\s+){0,12}?(?:was|were|is|are|has been|have been)\s+(?:widely\s+|also\s+)?(?:blamed|accused|suspected|behind|responsible)\b(?!(?: for| of)?(?: carrying out| being behind)? (?:[\w-]+ )?(?:earlier|previous|similar|past|other|many|several|dozens|numerous|scores|recent|most) )"
)
BLAMED_ON = re.compile(
    r"\b(?:blamed|blames|pinned|laid)\b[^.;]{0,90}\bon\s+(?:the\s+)?(?:(?:[\w-]+\s+)?(?:factions?|dissidents?|members|fighters|elements|groups?|men|militants|rebels)\s+(?:of|from|in|within)\s+(?:the\s+)?)?$|\battribut(?:ed|es|ing)\b[^.;]{0,90}\bto\s+(?:the\s+)?$|\bthe (?:hallmarks?|signature) of\s+(?:the\s+)?$"
)
