"""The collector rests while rows are made, and goes on however that ends."""

import gc

import pytest

from daitu_portal.garbage import not_collecting


def test_the_collector_rests_and_goes_on():
    with not_collecting():
        rests = not gc.isenabled()

    assert (rests, gc.isenabled()) == (True, True)


def test_the_collector_goes_on_after_an_error():
    with pytest.raises(KeyError), not_collecting():
        raise KeyError

    assert gc.isenabled()


def test_within_another_rest_the_outer_one_ends_it():
    with not_collecting():
        with not_collecting():
            pass
        rests = not gc.isenabled()

    assert (rests, gc.isenabled()) == (True, True)
