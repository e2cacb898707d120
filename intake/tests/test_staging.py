"""What is kept beside a file until it is written."""

import stat

from intake.healing.staging import Staging

REPAIRS = [
    ("A", 1, "B1", "Tên", "spaces", "a ", "a"),
    ("A", 2, "B2", "Tên", "sex", "nu", "Nữ"),
    ("A", 3, "B3", "Tên", "spaces", "c ", "c"),
]


def staged(tmp_path):
    staging = Staging(tmp_path / "a.staged")
    with staging.anew() as filling:
        filling.add("repairs", REPAIRS)
        filling.tell({"lists": [{"sheet": "Trang một"}]})
    return staging


def test_rows_are_counted_and_found_by_kind_in_the_order_of_the_file(tmp_path):
    staging = staged(tmp_path)

    assert staging.counts("repairs") == {"spaces": 2, "sex": 1}
    assert (staging.count("repairs"), staging.count("repairs", kind="sex")) == (3, 1)
    assert [row["ref"] for row in staging.rows("repairs", kind="spaces")] == ["B1", "B3"]
    assert [row["ref"] for row in staging.rows("repairs", offset=1, limit=1)] == ["B2"]
    assert [row["ref"] for row in staging.samples("repairs", "kind", 1)] == ["B2", "B1"]
    assert staging.fact("lists") == [{"sheet": "Trang một"}]
    assert staging.fact("none", 7) == 7


def test_filling_anew_replaces_all_and_only_the_owner_may_read_it(tmp_path):
    staging = staged(tmp_path)

    with staging.anew():
        pass

    assert staging.counts("repairs") == {}
    assert staging.fact("lists") is None
    assert stat.S_IMODE(staging.path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.staged"]


def test_what_was_never_staged_or_is_dropped_is_empty(tmp_path):
    staging = staged(tmp_path)

    staging.drop()
    staging.drop()

    assert staging.rows("repairs") == []
    assert staging.count("repairs") == 0
    assert staging.fact("lists", []) == []
