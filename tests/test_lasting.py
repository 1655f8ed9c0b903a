"""What is loaded once is kept out of the garbage collector's sight, and what is gone is found all the same."""

import gc
import weakref

import pytest

from geo.lasting import lasting, settle


class Ring:
    """An object that only the collector can free."""

    def __init__(self):
        self.me = self


def test_the_collector_rests_while_tables_are_made_and_works_again():
    with lasting():
        assert not gc.isenabled()
        with lasting():
            assert not gc.isenabled()
        assert not gc.isenabled()  # the inner block leaves it to the outer one
    assert gc.isenabled()


def test_the_collector_works_again_after_an_error():
    with pytest.raises(OSError, match="no such table"), lasting():
        raise OSError("no such table")
    assert gc.isenabled()


def test_what_was_made_is_out_of_sight():
    with lasting():
        made = [[] for _ in range(1000)]
    seen = {id(o) for o in gc.get_objects()}
    assert not any(id(o) in seen for o in made)


def test_what_is_gone_since_is_found():
    with lasting():
        ring = Ring()
    gone = weakref.ref(ring)
    del ring
    gc.collect()
    assert gone() is not None  # out of sight
    settle()
    assert gone() is None
