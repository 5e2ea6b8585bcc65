"""The usual last days of European papers, reckoned by hand with a calendar and the EPO's lists of closing days.

Each case: the paper, its date, and the day expected, with the reckoning. Until 31 October 2023 a paper is deemed
notified on the tenth day after its date, since then on its date (Rule 126(2) EPC); months end on the same number, or on
the last of the month (Rule 131(4) EPC); the last day moves to the next on which all filing offices are open (Rule
134(1) EPC).
"""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from components.prosecution import RuleTableBroken, read_history, summary_of
from components.prosecution.examination.open_periods import open_periods
from components.prosecution.law import notifications, periods, rule_files, workdays
from components.prosecution.law.categories import Category, category_named
from components.prosecution.law.notifications import notification_of
from components.prosecution.law.periods import USUAL, Period, compute_deadline, extension_needed, period_for, rule_for
from components.prosecution.law.workdays import (
    closing_days_in_doubt,
    easter_sunday,
    is_working_day,
    next_working_day,
)
from tests.prosecution.conftest import Paper, make_history

ENTERED = frozenset({Category.NATIONAL_ENTRY})


def usual(category: str, opened: date, title: str = "", office: str = "EP") -> Period:
    """Return the usual period of a paper in a file that entered the European phase."""
    found = period_for(office, category_named(category), "", opened, title=title, listed=ENTERED)
    assert found is not None
    return found


def day_of(text: str) -> date:
    """Return the day of a date written as `2024-03-29`."""
    return date.fromisoformat(text)


MAINTAIN = "Invitation to declare maintenance of the application"
CASES = [
    # Art. 94(3): four months
    ("communication", "2007-12-13", "2008-04-23", "first day of the EPC 2000; deemed 23 Dec"),
    ("communication", "2009-02-18", "2009-06-29", "deemed 28 Feb; 28 June is a Sunday"),
    ("communication", "2008-12-22", "2009-05-04", "deemed 1 Jan; 1 May is Labour Day, a Friday"),
    ("communication", "2009-12-12", "2010-04-22", "deemed 22 Dec; a Thursday"),
    ("communication", "2010-10-21", "2011-02-28", "deemed 31 Oct; February ends on the 28th, a Monday"),
    ("communication", "2015-08-14", "2016-01-04", "deemed 24 Aug; 24 Dec to 31 Dec closed, New Year, a weekend"),
    ("communication", "2015-08-21", "2016-01-04", "deemed 31 Aug; 31 Dec closed, New Year, a weekend"),
    ("communication", "2016-12-04", "2017-04-18", "deemed 14 Dec; 14 Apr is Good Friday, 17 Apr Easter Monday"),
    ("communication", "2016-12-07", "2017-04-18", "deemed 17 Dec; 17 Apr is Easter Monday"),
    ("communication", "2017-06-21", "2017-11-02", "deemed 1 July; 1 Nov is All Saints' Day, a Wednesday"),
    ("communication", "2017-06-23", "2017-11-03", "deemed 3 July; a Friday"),
    ("communication", "2017-08-15", "2018-01-02", "deemed 25 Aug; bridging days to 29 Dec, weekend, New Year"),
    ("communication", "2017-08-19", "2018-01-02", "deemed 29 Aug; 29 Dec is a bridging day, weekend, New Year"),
    ("communication", "2018-01-21", "2018-06-01", "deemed 31 Jan; 31 May is Corpus Christi: open, but no mail"),
    ("communication", "2018-08-16", "2019-01-02", "deemed 26 Aug; closed from 24 Dec to 1 Jan"),
    ("communication", "2018-10-29", "2019-03-11", "deemed 8 Nov; 8 Mar is Women's Day in Berlin, a Friday"),
    ("communication", "2019-11-04", "2020-06-02", "deemed 14 Nov; 14 Mar is a Saturday, then Rule 134(2)"),
    ("communication", "2019-11-05", "2020-06-02", "deemed 15 Nov; 15 Mar 2020 was extended to 2 June"),
    ("communication", "2020-01-23", "2020-06-02", "deemed 2 Feb; 2 June itself"),
    ("communication", "2020-08-14", "2021-01-04", "deemed 24 Aug; 24 Dec to 31 Dec closed, New Year, a weekend"),
    ("communication", "2021-08-16", "2022-01-03", "deemed 26 Aug; closed from 24 Dec to 2 Jan"),
    ("communication", "2022-08-12", "2022-12-22", "deemed 22 Aug; a Thursday"),
    ("communication", "2022-08-22", "2023-01-02", "deemed 1 Sep; 1 Jan is a Sunday, closed until then"),
    ("communication", "2022-10-28", "2023-03-07", "deemed 7 Nov; the day before Women's Day"),
    ("communication", "2022-12-17", "2023-04-28", "deemed 27 Dec; 27 Apr is King's Day in The Hague"),
    ("communication", "2022-12-25", "2023-05-04", "deemed 4 Jan; the day before Liberation Day"),
    ("communication", "2023-10-20", "2024-02-29", "deemed 30 Oct; February ends on the 29th"),
    ("communication", "2023-10-31", "2024-03-11", "the last day of ten days: deemed 10 Nov; 10 Mar is a Sunday"),
    ("communication", "2023-11-01", "2024-03-01", "the first day without it"),
    ("communication", "2023-11-29", "2024-04-02", "29 Mar is Good Friday, 1 Apr Easter Monday"),
    ("communication", "2023-12-01", "2024-04-02", "1 Apr is Easter Monday"),
    ("communication", "2024-01-09", "2024-05-10", "9 May is Ascension Day"),
    ("communication", "2024-01-30", "2024-05-31", "30 May is Corpus Christi"),
    ("communication", "2024-05-01", "2024-09-02", "1 Sep is a Sunday"),
    ("communication", "2024-07-01", "2024-11-04", "1 Nov is All Saints' Day, a Friday"),
    ("communication", "2024-08-26", "2025-01-02", "closed from 24 Dec to 1 Jan"),
    ("communication", "2024-10-31", "2025-02-28", "February ends on the 28th, a Friday"),
    ("communication", "2024-12-18", "2025-04-22", "18 Apr is Good Friday, 21 Apr Easter Monday"),
    ("communication", "2025-01-29", "2025-05-30", "29 May is Ascension Day"),
    ("communication", "2025-02-09", "2025-06-10", "9 June is Whit Monday"),
    ("communication", "2025-12-06", "2026-04-07", "6 Apr is Easter Monday"),
    ("communication", "2026-08-28", "2027-01-04", "28 Dec: closed from 24 Dec to 1 Jan, a Friday"),
    # Rule 71(3): four months
    ("allowance", "2012-09-24", "2013-02-04", "EP 06730370: deemed 4 Oct; lost on 13 Mar 2013"),
    ("allowance", "2014-08-22", "2015-01-05", "deemed 1 Sep; New Year, the bridging day of 2 Jan, a weekend"),
    ("allowance", "2014-12-17", "2015-04-28", "deemed 27 Dec; 27 Apr is the National Holiday in The Hague"),
    ("allowance", "2014-12-25", "2015-05-04", "deemed 4 Jan; a Monday"),
    ("allowance", "2025-05-13", "2025-09-15", "EP 23182542: 13 Sep is a Saturday; lost on 1 Oct 2025"),
    ("allowance", "2025-11-18", "2026-03-18", "EP 24189818: a Wednesday"),
    # Rules 161 and 162: one month, since 1 May 2011 six
    ("amendment_invitation", "2008-01-21", "2008-02-29", "deemed 31 Jan; February ends on the 29th"),
    ("amendment_invitation", "2011-04-29", "2011-06-09", "deemed 9 May; one month"),
    ("amendment_invitation", "2011-04-30", "2011-06-10", "the last day of one month: deemed 10 May"),
    ("amendment_invitation", "2011-05-02", "2011-11-14", "deemed 12 May; six months; 12 Nov is a Saturday"),
    # Rule 70(2) and 70a(2), and searches
    ("examination_invitation", "2012-07-30", "2013-02-11", "deemed 9 Aug; 9 Feb is a Saturday"),
    ("examination_invitation", "2024-06-29", "2025-01-02", "29 Dec is a Sunday, closed until 1 Jan"),
    ("search_invitation", "2010-04-01", "2010-06-11", "deemed 11 Apr; a Friday"),
    ("search_invitation", "2024-02-29", "2024-04-29", "a Monday"),
    # Art. 108: the notice of appeal, and the grounds
    ("refusal", "2015-03-31", "2015-06-10", "EP 10007106: deemed 10 Apr; appealed on 13 May"),
    ("refusal", "2015-03-05", "2015-05-15", "deemed 15 Mar; the Friday after Ascension Day is open"),
    ("refusal", "2025-10-27", "2026-01-02", "27 Dec is a Saturday, closed until 1 Jan"),
    ("notice_of_appeal", "2025-08-29", "2026-01-02", "of a decision of 29 Aug: 29 Dec is a closing day"),
    # Rule 135(1): further processing
    ("abandonment", "2020-01-17", "2020-06-02", "EP 17191704: deemed 27 Jan; 27 Mar was extended to 2 June"),
    ("abandonment", "2024-03-13", "2024-05-13", "EP 19205846: a Monday"),
    ("abandonment", "2025-10-01", "2025-12-01", "EP 23182542: requested on 11 Nov"),
    # Art. 99(1): nine months from the mention of the grant, which is no notification
    ("grant_mention", "2023-01-05", "2023-10-05", "a Thursday"),
    ("grant_mention", "2024-05-30", "2025-02-28", "February ends on the 28th"),
]  # fmt: skip


@pytest.mark.parametrize(("category", "opened", "due", "reckoning"), CASES)
def test_a_usual_period_ends_on_the_day_that_a_calendar_gives(category: str, opened: str, due: str, reckoning: str):
    """Nothing extends it by itself, and no statute bars it."""
    found = compute_deadline(usual(category, day_of(opened), MAINTAIN), day_of(opened))
    assert (found.due, found.last, found.bar) == (day_of(due), day_of(due), None), reckoning


@pytest.mark.parametrize(
    ("opened", "due"),
    [("2008-08-14", "2008-12-24"), ("2009-08-21", "2009-12-31"), ("2010-08-15", "2010-12-27")],
)
def test_a_year_whose_list_was_not_seen_has_its_public_holidays_alone(opened: str, due: str):
    """Deemed 24 and 31 Aug 2008 and 2009, 25 Aug 2010: the last days of December may have been closed."""
    found = compute_deadline(usual("communication", day_of(opened)), day_of(opened)).due
    assert found == day_of(due)
    assert closing_days_in_doubt(found, "EP")


@pytest.mark.parametrize(
    "day",
    ["2015-01-02", "2017-10-31", "2020-05-22", "2023-03-08", "2023-12-29", "2024-08-15", "2017-10-03", "2026-01-06"],
)
def test_no_period_ends_on_a_closing_day(day: str):
    """OJ EPO 2014, A108; 2016, A74; 2019, A97; the notices of 2017 and 2020; the office holidays of 2023 and 2024."""
    assert not is_working_day(day_of(day), "EP")
    assert next_working_day(day_of(day), "EP") > day_of(day)


@pytest.mark.parametrize("day", ["2015-05-15", "2017-12-22", "2020-12-23", "2023-03-09", "2024-07-04", "2024-11-28"])
def test_a_day_that_no_list_names_is_open(day: str):
    """Federal holidays of the United States among them."""
    assert is_working_day(day_of(day), "EP")


def test_whole_lists_leave_no_doubt():
    """The years whose list was seen; of the USPTO none is in doubt."""
    assert not any(closing_days_in_doubt(date(year, 6, 1), "EP") for year in (2015, 2017, 2020, 2023))
    assert closing_days_in_doubt(date(2027, 6, 1), "EP")
    assert not closing_days_in_doubt(date(2027, 6, 1), "US")


@pytest.mark.parametrize(
    ("year", "day"),
    [(1999, "1999-04-04"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2019, "2019-04-21"), (2024, "2024-03-31"),
     (2025, "2025-04-20"), (2038, "2038-04-25")],
)  # fmt: skip
def test_easter_falls_on_its_sunday(year: int, day: str):
    """Days from the tables of Easter."""
    assert easter_sunday(year) == day_of(day)


@pytest.mark.parametrize(
    ("office", "dated", "deemed", "mailing"),
    [
        ("EP", "2023-10-31", "2023-11-10", 0),
        ("EP", "2023-11-01", "2023-11-01", 0),
        ("US", "2020-01-02", "2020-01-02", 7),
        ("JP", "2020-01-02", "2020-01-02", 0),
    ],
)
def test_a_paper_counts_as_notified_by_the_rule_of_its_day(office: str, dated: str, deemed: str, mailing: int):
    """Rule 126(2) EPC before and since 1 November 2023; a certificate of mailing is a rule of the USPTO alone."""
    found = notification_of(office, day_of(dated))
    assert (found.day_of(day_of(dated)), found.mailing_days) == (day_of(deemed), mailing)


@pytest.mark.parametrize(
    ("office", "category", "opened", "title", "why"),
    [
        ("EP", "communication", "2007-12-12", "", "EPC 1973"),
        ("EP", "allowance", "2007-12-12", "", "EPC 1973"),
        ("EP", "refusal", "2005-05-02", "", "EPC 1973"),
        ("EP", "communication", "2024-11-28", "Consultation by telephone/in person (with time limit)", "set the time"),
        ("EP", "communication", "2020-01-02", "Communication of the Opposition Division", "opposition"),
        ("EP", "examination_invitation", "2020-01-02", "Reminder period for payment of examination fee", "publication"),
        ("EP", "summons", "2020-01-02", "Summons to attend oral proceedings", "summons"),
        ("JP", "communication", "2020-01-02", "", "three months for those abroad"),
        ("JP", "refusal", "2020-01-02", "", "four for residents abroad"),
        ("JP", "allowance", "2020-01-02", "", "30 days from the transmittal"),
        ("KR", "communication", "2020-01-02", "", "the notice sets the period"),
    ],
)
def test_where_a_list_cannot_tell_the_day_the_table_says_why(
    office: str, category: str, opened: str, title: str, why: str
):
    """No day is guessed."""
    found = rule_for(office, category_named(category), "", day_of(opened), title=title)
    assert found is not None
    assert not found.is_computed
    assert why in f"{found.note} {found.authority}"


@pytest.mark.parametrize(
    "title",
    [
        "Application deemed to be withdrawn (non-payment of renewal fee)",
        "Anmeldung gilt als zurückgenommen (Nichtzahlung der Jahresgebühr)",
        "Demande réputée retirée (défaut de paiement de la taxe annuelle)",
    ],
)
def test_an_unpaid_renewal_fee_leaves_no_further_processing(title: str):
    """Rule 51(2) is excluded by Rule 135(2) EPC; a decision on the loss can still be asked for (Rule 112(2) EPC)."""
    found = usual("abandonment", date(2014, 8, 1), title)
    assert found.owes == "Request for a decision on the loss of rights"
    assert found.authority.startswith("Rule 112(2) EPC")
    assert compute_deadline(found, date(2014, 8, 1)).due == date(2014, 10, 13)  # deemed 11 Aug; 11 Oct is a Saturday


def test_without_an_entry_into_the_european_phase_the_six_months_are_not_those_of_the_invitation():
    """Rule 70(2) EPC: in a direct application they run from the publication of the search report."""
    opened = date(2020, 1, 2)
    assert period_for("EP", Category.EXAMINATION_INVITATION, "", opened, title=MAINTAIN) is None
    assert usual("examination_invitation", opened, MAINTAIN).months == 6


def test_every_computed_row_says_that_it_is_only_usual():
    """Whatever shows an authority shows that with it."""
    rows = [row for row in periods.period_rows() if row.office != "US" and row.is_computed]
    assert rows
    assert all(row.usual and row.authority.endswith(f"({USUAL})") for row in rows)


def test_no_week_of_grace_is_given_at_the_epo():
    """37 CFR 1.8 is a rule of the USPTO: an answer of the day after is after the period."""
    opened = date(2024, 5, 1)
    rule = usual("communication", opened)
    assert extension_needed(rule, opened, date(2024, 9, 2)) == 0
    assert extension_needed(rule, opened, date(2024, 9, 3)) is None


FILED: list[Paper] = [(20160104, "1001"), (20160104, "CLMS"), (20160104, "DESC")]


def rounds_of(*papers: Paper) -> pd.DataFrame:
    """Return the rounds of a European file."""
    return read_history(make_history([*FILED, *papers], apno="EP16000001")).rounds


def test_an_answer_after_the_usual_period_is_never_called_late():
    """Notified 12 Apr 2018, due 13 Aug (the 12th is a Sunday); what the paper set is not listed."""
    row = rounds_of(
        (20180402, "2001"), (20180801, "EXRE92"), (20180806, "2944A"), (20181010, "EXRE3"),
    ).iloc[0]  # fmt: skip
    assert (row["due"].date(), row["outcome"]) == (date(2018, 8, 13), "answered")
    assert row["explanation"] == (
        "After the usual period, which only Rule 132(2) EPC extends; an extension of time was asked for on 1 Aug 2018; "
        "an extension of time was granted on 6 Aug 2018"
    )


def test_approval_after_the_usual_period_is_not_late_either():
    """Rule 71(3) EPC: notified 12 Apr 2018; further processing may have been asked for."""
    row = rounds_of((20180402, "2004"), (20180910, "IGRA7")).iloc[0]
    assert (row["due"].date(), row["outcome"], row["explanation"]) == (
        date(2018, 8, 13), "answered", "After the usual period",
    )  # fmt: skip


def test_a_granted_extension_makes_the_usual_day_conditional():
    """The decision names the new day, the list does not."""
    rounds = rounds_of((20180402, "2001"), (20180801, "EXRE92"), (20180806, "2944A"))
    found = open_periods(rounds, date(2018, 8, 7)).iloc[0]
    assert found["condition"] == (
        "but extended by the grant of 6 Aug 2018 to the day that it names, which is not listed (Rule 132(2) EPC)"
    )


def test_the_words_of_an_open_date_say_what_it_rests_on():
    """Notified 12 Apr 2018 by the ten-day rule; the whole list of 2018 was not seen."""
    found = open_periods(rounds_of((20180402, "2001")), date(2018, 5, 1)).iloc[0]
    assert found["usual"]
    assert found["words"].startswith(f"Reply due 13 Aug 2018; {USUAL}; extendable only under Rule 132(2) EPC; ")
    assert "deemed notified on 12 Apr 2018, 10 days after the date of the paper" in found["proviso"]
    assert "its closing days of 2018 are not all known here" in found["proviso"]
    assert found["words"].endswith("computed from document dates; not legal advice")
    assert found["authority"].endswith(f"({USUAL})")


def test_since_november_2023_only_a_late_arrival_moves_the_day():
    """Rules 126(2) and 127(2) EPC: the days beyond seven."""
    found = open_periods(rounds_of((20240102, "2001")), date(2024, 2, 1)).iloc[0]
    assert found["due"] == pd.Timestamp("2024-05-02")
    assert "deemed notified" not in found["proviso"]
    assert "later by the days beyond seven that the paper took to arrive" in found["proviso"]


def test_a_refusal_tells_the_day_of_the_notice_and_that_of_the_grounds():
    """Art. 108 EPC: notified 12 Apr 2018; 12 June a Tuesday, 12 Aug a Sunday."""
    found = open_periods(rounds_of((20180402, "2007")), date(2018, 5, 1)).iloc[0]
    assert (found["owed"], found["due"]) == ("Notice of appeal", pd.Timestamp("2018-06-12"))
    assert found["condition"] == "the statement of grounds is due 13 Aug 2018"


def test_the_grounds_are_due_from_the_decision_and_not_from_the_notice():
    """Art. 108, third sentence, EPC: four months from the notification of 12 Apr 2018, whenever the notice came."""
    rounds = rounds_of((20180402, "2007"), (20180601, "", "Notice of appeal"))
    found = open_periods(rounds, date(2018, 7, 1)).iloc[0]
    assert (found["owed"], found["due"]) == ("Statement of grounds", pd.Timestamp("2018-08-13"))


def test_a_remedy_whose_day_has_passed_is_no_open_date():
    """Further processing: notified 12 Apr 2018, due 12 June."""
    rounds = rounds_of((20180402, "1205N"))
    assert open_periods(rounds, date(2018, 6, 12))["owed"].tolist() == ["Request for further processing"]
    assert open_periods(rounds, date(2018, 6, 13)).empty


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("usual_periods.csv", {"months": "", "extendable_months": "", "note": ""}),
        ("usual_periods.csv", {"authority": "Art. 94(3) EPC"}),
        ("usual_periods.csv", {"words": "Renewal Fee"}),
        ("usual_periods.csv", {"category": "nonsense"}),
        ("usual_periods.csv", {"only_with": "nonsense"}),
        ("notifications.csv", {"days": "-1"}),
        ("notifications.csv", {"since": "2023-11-01", "until": "2023-10-31"}),
        ("notifications.csv", {"source": ""}),
        ("office_holidays.csv", {"month": ""}),
        ("office_holidays.csv", {"after_easter": "1"}),
        ("office_holidays.csv", {"day": "32"}),
        ("office_holidays.csv", {"source": ""}),
    ],
)
def test_a_broken_table_is_refused_with_the_line_to_mend(
    table: str, change: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What cannot be read, or says less than it must, is named in the error."""
    with (rule_files.FOLDER / table).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("months", "x")]
    with (tmp_path / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerow({**rows[0], **change})
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    kinds = {
        "usual_periods.csv": periods.UsualPeriod,
        "notifications.csv": notifications.Notification,
        "office_holidays.csv": workdays.OfficeHoliday,
    }
    with pytest.raises(RuleTableBroken, match=rf"^{table}, line 2"):
        rule_files.read_rule_table(table, kinds[table])


def test_two_notifications_of_one_day_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of two rows for the same, one would be passed over in silence."""
    text = (rule_files.FOLDER / "notifications.csv").read_text(encoding="utf-8").replace("2023-10-31", "2023-11-01", 1)
    (tmp_path / "notifications.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rule_files, "FOLDER", tmp_path)
    with pytest.raises(RuleTableBroken, match=r"notifications\.csv, line \d: It is for the same papers as line \d"):
        notifications.notification_rows()


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        (
            [(20230105, "", "Publication of the mention of the grant")],
            "The patent can be opposed until 5 Oct 2023 (computed; Art. 99(1) EPC).",
        ),
        (
            [(20221208, "2006")],
            (
                "The opposition period is 9 months from the mention of the grant, which the list does not date "
                "(Art. 99(1) EPC)."
            ),
        ),
        ([(20221208, "2006"), (20231005, "2057")], ""),
        ([(20221208, "2006"), (20240105, "2911")], ""),
    ],
)
def test_the_opposition_period_is_dated_where_the_mention_of_the_grant_is(papers: list[Paper], words: str):
    """Nine months from the mention; nothing once the list tells of its expiry, or goes on after it."""
    history = make_history([*FILED, (20220802, "2004"), *papers], apno="EP16000001")
    told = [
        line.text
        for line in summary_of(read_history(history), "EP16000001")
        if "opposed" in line.text or line.text.startswith("The opposition period")
    ]
    assert told == ([words] if words else [])
