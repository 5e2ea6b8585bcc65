"""A prosecution in words: what its sentences say, and that the papers they name carry it.

Expected dates and documents were read from the public lists by hand; computed days from 35 USC 133 and 37 CFR 1.136(a).
"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution import Tables, code_table, read_histories, read_history
from components.prosecution.papers.nouns import noun_of_label
from components.prosecution.story.summary import Sentence, summary_of
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20160104, "TRNA"), (20160104, "SPEC"), (20160104, "CLM")]


def found_in(tables: Tables, history: str, *words: str) -> Sentence:
    """Return the only sentence of a summary that has all of some words."""
    sentences = summary_of(tables, history)
    found = [sentence for sentence in sentences if all(word in sentence.text for word in words)]
    assert len(found) == 1, [sentence.text for sentence in sentences]
    return found[0]


def story_of(papers: list[Paper], apno: str = "US15/000001") -> list[str]:
    """Return the sentences for a hand-made list."""
    return [line.text for line in summary_of(read_history(make_history(papers, apno=apno)), apno)]


def test_an_application_that_was_abandoned_and_revived_is_told_from_national_stage_to_issue(real_tables):
    """US14412875: abandoned after a final rejection, revived by petition with an RCE, allowed after a second final."""
    history = "US14/412875"
    filed = found_in(real_tables, history, "filed")
    assert filed.text == (
        "The application of 5 Jan 2015 was filed in the national stage of an international application, "
        "with a preliminary amendment and an IDS."
    )
    assert {"20150105-371P-1", "20150105-A.PE-1", "20150105-IDS-1"} <= set(filed.documents)
    first = found_in(real_tables, history, "The non-final rejection of 25 Oct 2016")
    assert "amendment of 25 Apr 2017, on the last day of a period extended by three months (computed)" in first.text
    assert first.documents == ("20161025-CTNF-1", "20170425-A...-1")
    lost = found_in(real_tables, history, "No reply to the final rejection of 9 Aug 2017")
    assert "notice of abandonment of 23 Feb 2018" in lost.text
    assert lost.documents == ("20170809-CTFR-1", "20180223-ABN-1")
    revived = found_in(real_tables, history, "revived")
    for fact in ("RCE and petition of 1 Jun 2018", "2 Oct 2018", "9 Oct 2018", "21 Mar 2019", "12 Apr 2019 shows"):
        assert fact in revived.text
    assert {"20180223-ABN-1", "20180601-RCEX-1", "20180601-PET.PCT-1", "20190412-CTNF-1"} <= set(revived.documents)
    second = found_in(real_tables, history, "The non-final rejection of 12 Apr 2019")
    assert "14 Oct 2019, with three months of extension (by petition)" in second.text
    after_final = found_in(real_tables, history, "The final rejection of 17 Jan 2020")
    assert "amendment after final of 17 Apr 2020, on the last day of the period" in after_final.text
    allowed = found_in(real_tables, history, "The notice of allowance of 27 Apr 2020")
    for fact in ("further notice of allowance of 15 Jun 2020", "Rule 312 amendment of 27 Jul 2020", "19 Aug 2020"):
        assert fact in allowed.text
    assert {"20200615-NOA-1", "20200727-A.NA-1", "20200727-IFEE-1", "20200819-ISSUE.NTF-1"} <= set(allowed.documents)
    assert found_in(real_tables, history, "interview summary").documents == ("20200427-EXIN-1",)
    last = summary_of(real_tables, history)[-1]
    assert last.text.startswith("As of the last listed document, 22 Nov 2022, the application stands as granted")
    assert "issue notification of 19 Aug 2020" in last.text


def test_the_days_of_office_and_applicant_add_up_to_the_whole(real_tables):
    """From 5 Jan 2015 to 19 Aug 2020 are 2,053 days; both shares are given with thousands separators."""
    days = found_in(real_tables, "US14/412875", "Of 2,053 days from filing to issue notification")
    office, applicant = re.search(r"([\d,]+) were with the Office and ([\d,]+) with the applicant", days.text).groups()
    assert int(office.replace(",", "")) + int(applicant) == (date(2020, 8, 19) - date(2015, 1, 5)).days
    assert {"20150105-TRNA-1", "20200819-ISSUE.NTF-1", "20170809-CTFR-1"} <= set(days.documents)


def test_a_withdrawal_from_issue_stands_between_two_allowances(real_tables):
    """US11408669: a reissue whose fee was paid, which was then withdrawn from issue with an RCE and an IDS."""
    history = "US11/408669"
    assert found_in(real_tables, history, "The reissue application of 21 Apr 2006", "preliminary amendment")
    first = found_in(real_tables, history, "The notice of allowance of 24 Sep 2009")
    for fact in (
        "issue fee of 3 Nov 2009",
        "petition to withdraw from issue",
        "RCE and IDS of 4 Dec 2009",
        "7 Dec 2009",
    ):
        assert fact in first.text
    assert {"20091204-PETWDISS-1", "20091204-RCEX-1", "20091207-PET.DEC.TC-1"} <= set(first.documents)
    second = found_in(real_tables, history, "The notice of allowance of 4 Jan 2010")
    assert second.text.endswith("the issue fee of 13 Jan 2010 and the issue notification of 17 Mar 2010.")
    after = found_in(real_tables, history, "After the issue notification")
    assert (
        "request for certificate of correction of 6 May 2010 and the certificate of correction of 1 Jun 2010"
        in after.text
    )


def test_three_appeals_are_told_with_how_each_ended(real_tables):
    """US11328678: twice reopened after a pre-appeal request, then allowed upon the brief."""
    history = "US11/328678"
    appeals = found_in(real_tables, history, "Three appeals are listed")
    for fact in (
        "decision of 19 Jan 2010, and prosecution was reopened with the restriction requirement of 29 Mar 2010",
        "decision of 23 Mar 2011, and prosecution was reopened with the non-final rejection of 1 Jun 2011",
        "6 Feb 2012 came the appeal brief of 3 Apr 2012, and it ended with the notice of allowance of 10 Jan 2013",
    ):
        assert fact in appeals.text
    assert {"20091102-N/AP-1", "20110210-N/AP-1", "20120206-N/AP-1", "20120403-AP.B-1"} <= set(appeals.documents)
    assert found_in(real_tables, history, "16 Jan 2009", "8 Apr 2009, within the period")
    counted = found_in(real_tables, history, "From 10 Aug 2009 to 1 Jun 2011")
    assert "two final rejections and two non-final rejections, all answered" in counted.text
    assert len(counted.documents) == 8
    assert found_in(real_tables, history, "The final rejection of 4 Nov 2011", "6 Feb 2012")
    assert found_in(real_tables, history, "terminal disclaimer", "25 Aug 2010", "20 Sep 2010")


def test_an_appeal_to_the_board_is_told_with_its_decision_and_the_extension_for_the_brief(real_tables):
    """US12124027: affirmed in part on 30 May 2013; the brief of 20 May 2010 came a month late, with a petition."""
    history = "US12/124027"
    appeal = found_in(real_tables, history, "appeal of 23 Feb 2010 came")
    for fact in (
        "appeal brief of 20 May 2010 (with one month of extension, by petition)",
        "examiner's answer of 4 Aug 2010",
        "reply brief of 4 Oct 2010",
        "ended with the Board decision (affirmed in part) of 30 May 2013, answered with the amendment of 28 Jun 2013",
    ):
        assert fact in appeal.text
    assert {"20100804-APEA-1", "20130530-APDP-1", "20130628-A...-1"} <= set(appeal.documents)
    after = found_in(real_tables, history, "After the issue notification of 11 Dec 2013")
    assert "denial of the certificate of correction of 7 Feb 2014" in after.text
    assert "20140207-CDEN-1" in after.documents


def test_a_first_action_allowance_is_called_the_first_action_on_the_merits(real_tables):
    """US17248024: allowed on 3 Jan 2023 without any rejection; petitions before and after the issue."""
    history = "US17/248024"
    allowed = found_in(real_tables, history, "is the first action on the merits")
    assert allowed.text.startswith("The notice of allowance of 3 Jan 2023")
    assert "further notice of allowance of 13 Jan 2023" in allowed.text
    assert allowed.documents[0] == "20230103-NOA-1"
    assert found_in(real_tables, history, "The petition of 28 Mar 2023", "28 Jun 2023")
    assert found_in(real_tables, history, "After the issue notification of 19 Apr 2023", "7 Jul 2023", "3 Oct 2023")


def test_an_extension_that_was_bought_without_a_reply_is_told_as_that(real_tables):
    """US15123456: only a request for an extension, on the last day, before the abandonment of 10 Oct 2018."""
    lost = found_in(real_tables, "US15/123456", "No reply to the non-final rejection of 14 Mar 2018")
    assert "only the extension of time of 14 Sep 2018, before the notice of abandonment of 10 Oct 2018" in lost.text
    assert lost.documents == ("20180314-CTNF-1", "20180914-XT/-1", "20181010-ABN-1")


def test_a_final_rejection_without_a_reply_ends_in_abandonment(real_tables):
    """US10310232: the final rejection of 9 Aug 2006 was never answered."""
    history = "US10/310232"
    assert found_in(real_tables, history, "22 May 2006, with three months of extension (by petition)")
    lost = found_in(real_tables, history, "No reply to the final rejection of 9 Aug 2006")
    assert lost.documents == ("20060809-CTFR-1", "20070309-ABN-1")
    assert "stands as abandoned (notice of abandonment of 9 Mar 2007)" in summary_of(real_tables, history)[-1].text


def test_after_final_practice_is_told_with_the_advisory_action_and_the_rce(real_tables):
    """US11512782: an amendment after final, an advisory action, then an RCE; open since the second RCE."""
    history = "US11/512782"
    round_ = found_in(real_tables, history, "After the final rejection of 2 Jul 2009")
    assert "amendment after final of 7 Aug 2009 and the advisory action of 21 Aug 2009" in round_.text
    assert "answered with the amendment and RCE of 8 Sep 2009, within the period" in round_.text
    assert {"20090807-A.NE-1", "20090821-CTAV-1", "20090908-RCEX-1"} <= set(round_.documents)
    assert (
        "10 Jun 2010, the application awaits the Office (RCE of 10 Jun 2010)"
        in summary_of(real_tables, history)[-1].text
    )


def test_a_european_file_is_told_in_the_words_of_the_epo(real_tables):
    """EP99203729: search report, intention to grant without a communication before it, approval, decision to grant."""
    history = "EP99203729"
    assert found_in(real_tables, history, "European search report", "9 Mar 2000").documents == ("20000309-1503-1",)
    granted = found_in(real_tables, history, "intention to grant of 23 Apr 2002")
    assert granted.text.startswith("The first action listed is the intention to grant")
    assert "approval of the text of 29 Jul 2002 and the decision to grant of 7 Jan 2003" in granted.text
    assert "intention to grant of 23 Apr 2002 (Rule 51(4) EPC 1973)" in granted.text
    assert granted.documents == ("20020423-2004-1", "20020729-AGRA31-1", "20030107-2006-1")
    assert found_in(real_tables, history, "expiry of the opposition period of 17 Dec 2003")
    assert found_in(real_tables, history, "Of 1,156 days from filing to the decision to grant, 1,059 were with the EPO")


def test_a_japanese_file_is_told_in_the_words_of_the_jpo_and_stops_where_its_list_stops(real_tables):
    """JP2017187096: the list ends with the decision to grant; a translation and its original are one paper."""
    history = "JP2017-187096"
    assert found_in(
        real_tables, history, "request for examination is dated 16 Jul 2019 and the search report is dated 21 May 2020"
    )
    answered = found_in(real_tables, history, "notice of reasons for refusal of 21 Jul 2020")
    assert answered.text.endswith("was answered with the written opinion and amendment of 14 Aug 2020.")
    assert {"20200721-A131-1", "20200814-A53-1", "20200814-A523-1"} == set(answered.documents)
    decided = "The decision to grant of 1 Sep 2020 (Patent Act Art. 51) is listed, but no registration fee"
    assert found_in(real_tables, history, decided)
    granted = "the patent has been granted (by the number JP 6768620 B2; the list ends with the decision to grant"
    assert granted in summary_of(real_tables, history)[-1].text


def test_a_japanese_patent_is_told_to_its_certificate(real_tables):
    """JP2020123456: decision, fee, certificate; the time before the request for examination is the applicant's."""
    history = "JP2020-123456"
    granted = found_in(real_tables, history, "The decision to grant of 9 Jul 2024")
    assert granted.text.endswith("the registration fee of 24 Jul 2024 and the patent certificate of 20 Aug 2024.")
    assert found_in(real_tables, history, "27 Feb 2024", "written opinion and amendment of 24 Apr 2024")
    assert found_in(real_tables, history, "1,075 with the applicant, who asked for examination on 19 Apr 2023")


def test_every_real_history_has_five_to_ten_sentences_of_its_own_papers(real_tables):
    """Length, ids, wording and repeatability for all 43 lists."""
    for history in real_tables.histories["history"]:
        ids = set(real_tables.documents.loc[real_tables.documents["history"] == history, "id"])
        summary = summary_of(real_tables, history)
        assert 5 <= len(summary) <= 10, history
        assert summary == summary_of(real_tables, history)
        for line in summary:
            assert line.documents, line.text
            assert set(line.documents) <= ids, line.text
            assert is_well_written(line.text), line.text
            assert "mailed" not in line.text
        assert summary[-1].text.startswith("As of the last listed document, ")


def is_well_written(text: str) -> bool:
    """Return whether a sentence has its outer form: a capital or a number, a full stop, no gap and nothing missing."""
    broken = re.search(r"\bnan\b|NaT|None|<NA>|  |,,| ,|\(\)|\.\.$", text)
    return not text[0].islower() and text.endswith(".") and broken is None


def test_a_date_in_a_sentence_is_that_of_a_paper_it_names(real_tables):
    """But for the due day, which is computed, each date stands in the id of one of the sentence's documents."""
    checked = 0
    for history in real_tables.histories["history"]:
        for line in summary_of(real_tables, history):
            days = {date.fromisoformat(name[:8]) for name in line.documents}
            for day, month, year in re.findall(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})", line.text):
                months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
                assert date(int(year), months.index(month) + 1, int(day)) in days, line.text
                checked += 1
    assert checked > 400


def test_many_rounds_are_counted_between_the_first_and_the_last():
    """Seven non-final rejections, answered after two months each: the first and the last in full, five counted."""
    papers: list[Paper] = list(FILED)
    for year in range(2017, 2024):
        papers += [(year * 10_000 + 201, "CTNF"), (year * 10_000 + 403, "A..."), (year * 10_000 + 403, "REM")]
    text = " ".join(story_of(papers))
    assert (
        "The non-final rejection of 1 Feb 2017 was answered with the response of 3 Apr 2017, within the period." in text
    )
    assert "From 1 Feb 2018 to 1 Feb 2022 came five non-final rejections, all answered." in text
    assert "The non-final rejection of 1 Feb 2023" in text
    assert len(story_of(papers)) <= 10


def test_a_crowded_prosecution_still_fits_ten_sentences():
    """Restrictions, rounds, appeals, two abandonments, interviews, disclaimers, petitions and certificates."""
    papers: list[Paper] = [*FILED, (20160501, "CTRS"), (20160601, "ELC."), (20160701, "CTRS"), (20160801, "ELC.")]
    for year in range(2017, 2022):
        start = year * 10_000
        papers += [
            *((start + 105, "CTNF"), (start + 204, "EXIN"), (start + 301, "A..."), (start + 301, "DIST")),
            *((start + 501, "CTFR"), (start + 601, "PET.OP"), (start + 615, "PETDEC"), (start + 701, "N/AP")),
            *((start + 801, "NOA"), (start + 901, "RCEX"), (start + 901, "AMSB")),
        ]
    papers += [(20220105, "CTNF"), (20220801, "ABN"), (20220901, "PET.OP"), (20220901, "A..."), (20221001, "PETDEC")]
    papers += [
        (20221101, "NOA"),
        (20221201, "IFEE"),
        (20230103, "ISSUE.NTF"),
        (20230201, "COCIN"),
        (20230301, "COCOUT"),
    ]
    texts = story_of(papers)
    assert len(texts) == 10
    assert texts[0] == "The application is of 4 Jan 2016."
    assert any(
        "Five appeals are listed; the first and the last of them: the appeal of 1 Jul 2017" in text for text in texts
    )
    assert any("After five earlier notices of allowance of 1 Aug 2017 to 1 Aug 2021" in text for text in texts)
    assert any(text.startswith("No reply to the non-final rejection of 5 Jan 2022") for text in texts)
    assert texts[-1].startswith("As of the last listed document, 1 Mar 2023, the application stands as granted")


def test_interviews_disclaimers_and_petitions_share_a_sentence_where_room_is_short():
    """Four rounds, a restriction, an interview, a disclaimer and a petition would be more than ten sentences."""
    papers: list[Paper] = [*FILED, (20160501, "CTRS"), (20160601, "ELC.")]
    for year in range(2017, 2021):
        papers += [(year * 10_000 + 105, "CTNF"), (year * 10_000 + 301, "A...")]
    papers += [(20170210, "EXIN"), (20170301, "DIST"), (20170401, "PET.OP"), (20170501, "PETDEC")]
    papers += [(20210104, "NOA"), (20210201, "IFEE"), (20210302, "ISSUE.NTF"), (20210401, "COCIN")]
    texts = story_of(papers)
    assert (
        "Also listed are one interview summary of 10 Feb 2017, one terminal disclaimer of 1 Mar 2017 and one petition "
        "of 1 Apr 2017."
    ) in texts
    assert len(texts) == 10


def test_an_unpaid_issue_fee_is_told_as_that():
    """A notice of allowance without a fee, then the abandonment (35 USC 151)."""
    texts = story_of([*FILED, (20170105, "NOA"), (20170501, "ABN")])
    assert (
        "The notice of allowance of 5 Jan 2017 is the first action on the merits, followed by the notice of "
        "abandonment of 1 May 2017, and no issue fee is listed."
    ) in texts


def test_an_open_action_is_told_with_its_computed_due_day():
    """A non-final rejection of 12 Apr 2019 is due on 12 Jul 2019, a Friday."""
    texts = story_of([*FILED, (20190412, "CTNF")])
    assert "No answer to the non-final rejection of 12 Apr 2019 is listed." in texts
    assert texts[-1] == (
        "As of the last listed document, 12 Apr 2019, the application awaits the applicant "
        "(non-final rejection of 12 Apr 2019; answer due 12 Jul 2019, computed)."
    )


def test_a_list_that_begins_late_is_not_given_a_filing():
    """Claims that came with a reply are no application: the story says where the list begins and divides no days."""
    texts = story_of([(20190412, "CTNF"), (20190708, "A..."), (20190708, "CLM"), (20190708, "SPEC"), (20190708, "REM")])
    assert (
        texts[0]
        == "The list begins with the non-final rejection of 12 Apr 2019 and holds no complete application papers."
    )
    assert not any("days from filing" in text for text in texts)


def test_a_list_without_usable_dates_says_so():
    """Undated papers have no place in a story; an empty list has none at all."""
    assert story_of([(None, "CTNF"), (None, "NOA")]) == [
        "Two documents are listed, none with a date that places it in the course of the application."
    ]
    assert story_of([]) == []


def test_a_history_that_the_tables_do_not_hold_is_refused():
    """A summary of nothing would look like a summary of an empty list."""
    with pytest.raises(KeyError):
        summary_of(read_histories(()), "US1")


FILED_2018: list[Paper] = [(20180110, "TRNA"), (20180110, "SPEC"), (20180110, "CLM")]


def sentences_about(papers: list[Paper], *words: str, apno: str = "US15/900001") -> list[str]:
    """Return the sentences of a hand-made list that have all of some words; in the US the filing is added."""
    filed = FILED_2018 if apno.startswith("US") else []
    return [text for text in story_of([*filed, *papers], apno=apno) if all(word in text for word in words)]


def test_a_fee_that_came_with_the_petition_is_not_called_missing():
    """37 CFR 1.137, 1.316: the fee of a lapsed allowance is paid with the petition to revive."""
    papers: list[Paper] = [(20190103, "NOA"), (20190501, "ABN"), (20190601, "PET.OP"), (20190601, "IFEE")]
    papers += [(20190701, "PETDEC"), (20190801, "ISSUE.NTF")]
    assert sentences_about(papers, "first action on the merits") == [
        (
            "The notice of allowance of 3 Jan 2019 is the first action on the merits, followed by the notice of "
            "abandonment of 1 May 2019, the issue fee of 1 Jun 2019 and the issue notification of 1 Aug 2019; "
            "the issue fee came after the notice of abandonment, with a petition of the same day."
        )
    ]
    assert len(sentences_about(papers, "the application was revived, as the issue notification")) == 1
    assert not sentences_about(papers, "no issue fee")


def test_a_fee_that_was_paid_before_a_second_allowance_is_named():
    """A fee once paid is applied to the later allowance (MPEP 1306)."""
    papers: list[Paper] = [(20190103, "NOA"), (20190301, "IFEE"), (20190315, "PETWDISS"), (20190315, "RCEX")]
    papers += [(20190315, "IDS"), (20190320, "PETDEC"), (20190401, "NOA")]
    open_end = sentences_about(papers, "The notice of allowance of 1 Apr 2019")
    assert open_end == [
        "The notice of allowance of 1 Apr 2019 is listed; the issue fee of 1 Mar 2019 is listed before it."
    ]
    issued = sentences_about([*papers, (20190601, "ISSUE.NTF")], "The notice of allowance of 1 Apr 2019")
    assert issued[0].endswith("the issue notification of 1 Jun 2019; the issue fee of 1 Mar 2019 is listed before it.")


def test_revived_is_said_only_where_a_petition_is_listed():
    """A reply in time, then an abandonment that the Office took back by itself (37 CFR 1.181)."""
    papers: list[Paper] = [(20190103, "CTNF"), (20190403, "A..."), (20190815, "ABN"), (20191101, "NOA")]
    assert sentences_about(papers, "abandonment") == [
        (
            "After the notice of abandonment of 15 Aug 2019 examination went on with the notice of allowance of "
            "1 Nov 2019, and no petition to revive is listed: "
            "the holding of abandonment was evidently withdrawn (37 CFR 1.181)."
        )
    ]
    assert not sentences_about(papers, "revived")


def test_an_application_that_may_still_be_abandoned_is_told_to_stand_so_with_that_reservation():
    """An RCE after the abandonment revives nothing without a petition (MPEP 706.07(h))."""
    papers: list[Paper] = [(20190103, "CTFR"), (20190815, "ABN"), (20190901, "RCEX"), (20190901, "AMSB")]
    assert len(sentences_about(papers, "whether the application was revived is not listed")) == 1
    last = sentences_about(papers, "As of the last listed document")[0]
    assert last.endswith(
        "the application stands as abandoned (notice of abandonment of 15 Aug 2019); "
        "the RCE of 1 Sep 2019 came without a petition to revive and revives nothing (MPEP 706.07(h))."
    )


def test_every_sentence_on_an_allowance_has_its_verb_and_its_office():
    """EPC Rule 71(3); offices without an allowance of their own are not said to lack one."""
    european: list[Paper] = [(20120104, "1001"), (20120104, "CLMS"), (20120104, "DESC"), (20130101, "2004")]
    assert sentences_about(european, "The first action", apno="EP12000001") == [
        (
            "The first action listed is the intention to grant of 1 Jan 2013 "
            "(Rule 71(3) EPC), and no approval of the text is listed."
        )
    ]
    german: list[Paper] = [(20120104, "", "Anmeldung"), (20130101, "", "Erteilungsbeschluss")]
    assert sentences_about(german, "1 Jan 2013 is", apno="DE102012000001") == [
        "The decision to grant of 1 Jan 2013 is listed."
    ]
    ended: list[Paper] = [(20120104, "1001"), (20120104, "CLMS"), (20120104, "DESC"), (20130101, "2006")]
    assert sentences_about(ended, "without a communication under Rule 71(3) EPC", apno="EP12000001")


def test_a_paper_of_the_day_of_an_action_is_named_without_a_guess():
    """Which of two papers of one day came first, the list does not tell."""
    reply: list[Paper] = [(20190103, "CTNF"), (20190103, "A..."), (20190103, "REM"), (20190501, "CTFR")]
    text = sentences_about(reply, "The non-final rejection of 3 Jan 2019")[0]
    assert text.endswith("; on 3 Jan 2019 a response is listed too, and whether it answers is not told.")
    rce = sentences_about([(20190103, "NOA"), (20190103, "RCEX"), (20190103, "IDS")], "first action on the merits")[0]
    assert rce.endswith("; on 3 Jan 2019 an RCE is listed too, and which came first is not told.")
    assert not sentences_about([(20190103, "NOA"), (20190103, "IFEE"), (20190203, "ISSUE.NTF")], "no issue fee")


def test_a_supplemental_amendment_is_told_with_the_answer_it_supplements(real_tables):
    """US10/563809: the reply of 2 Jul 2009, an amendment of 21 Oct 2009, the allowance of 2 Nov 2009."""
    papers: list[Paper] = [(20190103, "CTNF"), (20190403, "A..."), (20190510, "A..."), (20190601, "NOA")]
    text = sentences_about(papers, "The non-final rejection")[0]
    assert text.endswith("on the last day of the period, supplemented on 10 May 2019.")
    real = found_in(real_tables, "US10/563809", "supplemented on 21 Oct 2009")
    assert any(name.startswith("20091021-A...") for name in real.documents)


def test_a_reply_is_called_incomplete_only_where_one_is_listed():
    """Nothing at all, and a reply after final that led to nothing."""
    final: list[Paper] = [(20190103, "CTFR")]
    assert sentences_about(
        [*final, (20190815, "ABN")], "No reply to the final rejection of 3 Jan 2019 is listed before"
    )
    tried: list[Paper] = [*final, (20190301, "A.NE"), (20190315, "CTAV"), (20190815, "ABN")]
    assert sentences_about(tried, "No complete reply to the final rejection", "response after final of 1 Mar 2019")


def test_no_sentence_lists_thousands_of_papers():
    """Of many submissions the first and the last are named and the others counted."""
    days = [year * 10_000 + month * 100 + day for year in range(2019, 2025) for month in range(1, 13) for day in (2, 9)]
    text = sentences_about([(20190101, "CTNF"), *((day, "XT/") for day in days)], "No answer")[0]
    assert text.endswith(
        "only 144 submissions, from the extension of time of 2 Jan 2019 to the extension of time of 9 Dec 2024."
    )
    for codes in (
        ("N/AP", "AP.B"),
        ("NOA", "A.NA"),
        ("ABN", "PET.OP"),
        ("CTMS",),
        ("NTC.MISS",),
        ("ISSUE.NTF", "COCIN"),
    ):
        papers: list[Paper] = [(day, codes[index % len(codes)]) for index, day in enumerate(days)]
        assert max(len(one) for one in story_of([*FILED_2018, *papers])) < 1_000


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("Appeal dismissed", "dismissal of the appeal"),
        ("Appeal withdrawn or dismissed", "dismissal or withdrawal of the appeal"),
        ("Board decision: reversed", "Board decision (reversed)"),
        ("Unclassified", "unclassified paper"),
        ("RCE and express abandonment accepted", "RCE and acceptance of the express abandonment"),
        ("Office action", "Office action"),
        ("Non-final rejection and interview summary", "non-final rejection and interview summary"),
    ],
)
def test_a_label_becomes_a_noun(label, noun):
    """So that it can stand between "the" and "of 31 Aug 2018"."""
    assert noun_of_label(label) == noun


CODES = sorted(set(code_table()["code"]))
PAPERS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.dates(date(1975, 1, 1), date(2030, 1, 1)).map(lambda day: int(f"{day:%Y%m%d}"))),
        st.one_of(st.sampled_from(CODES), st.text(max_size=8)),
        st.one_of(
            st.just(""), st.sampled_from(("Decision of refusal", "Notice of allowance: granted")), st.text(max_size=12)
        ),
    ),
    max_size=60,
)


@given(
    papers=PAPERS, apno=st.sampled_from(("US15/000001", "EP15000001", "JP2015-000001", "KR1020150000001", "US1", ""))
)
def test_any_list_can_be_told(papers, apno):
    """Whatever codes and dates: at most ten well-written sentences, each with documents of the list."""
    history = make_history(papers, apno=apno, patent_number="US9999999B2")
    tables = read_history(history)
    ids = set(tables.documents["id"])
    summary = summary_of(tables, history.name)
    assert len(summary) <= 10
    assert (len(summary) > 0) == (len(papers) > 0)
    for line in summary:
        assert line.documents
        assert set(line.documents) <= ids
        assert is_well_written(line.text), line.text
