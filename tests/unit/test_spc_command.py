"""`tilannehuone spc FILE`: what is told of a series, and which options it refuses."""

import json

import pytest
from typer.testing import CliRunner

from tilannehuone.cli import app
from tilannehuone.stats.spc import analyse

QUIET = [10, 12] * 12
KEYS = ["segments", "points", "variation", "assurance", "latest", "suggestion", "season", "words"]


def run(*arguments):
    return CliRunner().invoke(app, ["spc", *(str(one) for one in arguments)])


def charted(*arguments):
    outcome = run(*arguments, "--json")
    assert outcome.exit_code == 0, outcome.output
    return json.loads(outcome.stdout)


def months(count, first=2022):
    return [f"{first + n // 12}-{n % 12 + 1:02}" for n in range(count)]


@pytest.fixture
def write(tmp_path):
    def written(*lines, encoding="utf-8", end="\n"):
        file = tmp_path / "sarja.csv"
        file.write_bytes(end.join(lines).encode(encoding))
        return file

    return written


@pytest.fixture
def monthly(write):
    def written(values, **settings):
        rows = zip(months(len(values)), values, strict=True)
        return write("kuukausi;arvo", *(f"{month};{value}" for month, value in rows), **settings)

    return written


def test_the_record_holds_what_the_analysis_finds(monthly):
    found = charted(monthly([*QUIET, 40]), "--direction", "down", "--target", "9")
    expected = analyse([*QUIET, 40], direction="down", target=9)

    assert [key for key in found if key in KEYS] == KEYS
    assert found["segments"][0]["upper"] == expected.segments[0].upper
    assert (found["variation"], found["assurance"]) == (expected.variation, expected.assurance)
    assert found["latest"] == 24
    signals = [(one["signal"], one["side"], one["kind"]) for one in found["points"]]
    assert signals == [(one.signal, one.side, one.kind) for one in expected.points]
    assert found["points"][-1]["period"] == "2024-01-01"
    assert found["words"]["icon"] == "concern"


def test_a_rebase_begins_a_segment_at_the_period_it_names(monthly):
    file = monthly([*QUIET, *(one + 10 for one in QUIET)])

    for written in ("2024-01", "1/2024", "1.1.2024"):
        found = charted(file, "--rebase", written)
        assert [one["from"] for one in found["segments"]] == ["2022-01-01", "2024-01-01"]
        assert found["variation"] == "common"
    assert len(charted(file, "--rebase", "2023-01", "--rebase", "2024-01")["segments"]) == 3


def test_a_baseline_and_no_screening_are_those_of_the_analysis(monthly):
    values = [*QUIET, 40, 10]
    file = monthly(values)

    fixed = charted(file, "--baseline", "12")["segments"][0]
    kept = charted(file, "--no-screen")["segments"][0]
    assert fixed["upper"] == analyse(values, direction="up", baseline=12).segments[0].upper
    assert kept["upper"] == analyse(values, direction="up", screen=False).segments[0].upper


def test_a_new_level_is_suggested_and_the_suggestion_can_be_followed(monthly):
    file = monthly([*reversed(QUIET), *[15, 16] * 6])
    found = charted(file, "--lang", "en")

    assert found["suggestion"] == {
        "start": 24,
        "length": 12,
        "side": "high",
        "period": "2024-01-01",
    }
    assert any("--rebase 2024-01-01" in one for one in found["words"]["notes"])
    assert charted(file, "--rebase", "2024-01-01")["suggestion"] is None


def test_a_quiet_series_tells_what_it_could_have_seen(monthly):
    told = charted(monthly(QUIET), "--lang", "en")["words"]["sentence"]

    assert "A lasting change of" in told


def test_small_counts_are_told_to_take_a_longer_period(monthly):
    few = charted(monthly([1, 2] * 12), "--lang", "en")["words"]["notes"]
    rare = charted(monthly([0, 0, 1] * 8), "--lang", "en")["words"]["notes"]

    assert any("sum them to longer periods (quarter)" in one for one in few)
    assert any("longer periods (year)" in one for one in rare)


def test_the_season_divides_the_values_and_multiplies_the_limits(monthly):
    dips = {7: 0.5, 12: 0.8}
    values = [(1000 + n % 2) * dips.get(n % 12 + 1, 1) for n in range(36)]
    file = monthly(values)
    found = charted(file, "--season", "school_year", "--lang", "en")
    june, july = found["points"][5:7]

    factors = found["season"]["factors"]
    assert set(factors) == {"7", "12"}
    assert july["factor"] == factors["7"] == pytest.approx(0.5, rel=0.01)
    assert july["upper"] == pytest.approx(june["upper"] * july["factor"])
    assert july["value"] == values[6]
    assert found["segments"][0]["upper"] == june["upper"]
    assert {one["kind"] for one in found["points"]} == {"common"}
    assert any("July 50%, December 80%" in one for one in found["words"]["notes"])


def test_a_closed_month_is_left_out_and_too_few_months_have_no_season(monthly):
    closed = charted(
        monthly([0 if n % 12 == 6 else 50 + n % 2 for n in range(36)]),
        *("--season", "school_year", "--lang", "en"),
    )
    short = charted(monthly(QUIET[:20]), "--season", "school_year", "--lang", "en")

    assert closed["season"]["left_out"] == [7]
    assert closed["points"][6] == closed["points"][6] | {"factor": None, "upper": None, "value": 0}
    assert any("left out of the judgement: July" in one for one in closed["words"]["notes"])
    assert short["season"] is None
    assert any("20 months are known, and 24 are needed" in one for one in short["words"]["notes"])


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fi", ("Keskitaso", "tammi 2024", "ylärajan yläpuolella", "40")),
        ("sv", ("Mittnivå", "jan 2024", "över den övre gränsen", "40")),
        ("en", ("Centre", "Jan 2024", "above the upper limit", "40")),
    ],
)
def test_the_table_is_in_the_readers_language(monthly, lang, told):
    outcome = run(monthly([*QUIET, 40]), "--direction", "up", "--lang", lang)
    words = charted(monthly([*QUIET, 40]), "--direction", "up", "--lang", lang)["words"]

    assert outcome.exit_code == 0
    for one in (*told, words["word"], words["sentence"]):
        assert one in outcome.stdout


def test_twelve_points_show_limits_and_no_signal_in_words(monthly):
    output = run(monthly([10, 12] * 5 + [11, 30]), "--lang", "en").stdout

    assert "Centre" in output
    assert "limit" not in output.replace("Lower limit", "").replace("Upper limit", "")


def test_the_language_is_that_of_all_commands_unless_told(monthly):
    file = monthly(QUIET)
    before = CliRunner().invoke(app, ["--lang", "sv", "spc", str(file)])

    assert "Mittnivå" in before.stdout
    assert "Keskitaso" in run(file).stdout


def test_many_faults_are_counted_and_not_all_listed(monthly):
    outcome = run(monthly(["x"] * 25), "--lang", "en")

    assert outcome.output.count("not a number") == 10
    assert "And 15 more faults." in outcome.output


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--rebase", "2031-01"), 1, "no period that --rebase 2031-01 names"),
        (("--rebase", "koira"), 1, "--rebase koira"),
        (("--value", "puuttuu"), 1, ":1: The header row has no column puuttuu."),
        (("--season", "school_year", "--baseline", "12"), 1, "at least 24 months"),
        (("--target", "viisi"), 2, "viisi"),
        (("--target", "nan"), 2, "nan"),
        (("--baseline", "11"), 2, "12"),
        (("--season", "summer"), 2, "school_year"),
        (("--direction", "sideways"), 2, "sideways"),
    ],
)
def test_an_option_that_fits_not_the_file_is_refused(monthly, options, code, told):
    outcome = run(monthly(QUIET), *options, "--lang", "en")

    assert outcome.exit_code == code
    assert told in outcome.output


def test_a_season_is_of_months_and_of_what_is_not_negative(write, monthly):
    yearly = write("vuosi;n", "2020;1", "2021;2")
    assert (
        "in a monthly series only" in run(yearly, "--season", "school_year", "--lang", "en").output
    )

    negative = run(monthly([*QUIET, -1]), "--season", "school_year", "--lang", "en")
    assert ":26:2: The factor" in negative.output


def test_a_target_may_have_a_decimal_comma(monthly):
    assert charted(monthly(QUIET), "--target", "12,5")["target"] == 12.5


def test_an_unknown_language_is_refused(monthly):
    outcome = run(monthly(QUIET), "--lang", "de")

    assert outcome.exit_code == 2
    assert "fi, sv, en" in outcome.output
