"""Answers that came after the loss of the application for want of them, where the loss was undone.

Further processing (Art. 121 EPC) and re-establishment of rights (Art. 122 EPC) are requested by completing the omitted
act; if the request is allowed, the legal consequences of the failure are deemed not to have ensued (Art. 121(3) EPC).
Which actions can be answered so stands in `pairings.csv`, in the column `restored`.
"""

from collections.abc import Sequence
from datetime import date

from components.prosecution.examination.abandonments import Abandonment
from components.prosecution.examination.petitions import effects_of
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.rounds import with_next_acts
from components.prosecution.law.categories import Category
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.sorted_documents import SortedDocuments


def with_restored_answers(
    documents: SortedDocuments, rounds: Sequence[Round], acts: Sequence[Act], abandonments: Sequence[Abandonment]
) -> list[Round]:
    """Return rounds in which what completed the omitted act answers an action that a loss of rights had ended.

    Args:
        documents: the papers in reading order.
        rounds: the rounds of a history.
        acts: its acts, oldest first.
        abandonments: its losses, each with what became of it.

    Returns:
        Parallel to `rounds`. A round with such an answer keeps the loss as its closing act.
    """
    undone = {loss.notice.submission: loss for loss in abandonments if loss.is_undone}
    restored = [
        _restored(documents, round_, acts, undone.get(round_.closing.submission)) if round_.closing else round_
        for round_ in rounds
    ]
    return with_next_acts(restored, acts) if restored != list(rounds) else list(rounds)


def _restored(documents: SortedDocuments, round_: Round, acts: Sequence[Act], loss: Abandonment | None) -> Round:
    if loss is None or not round_.pairing.restored:
        return round_
    until = _lives_since(loss)
    since = [act for act in acts if act.by_applicant and loss.first_notice <= act.day <= until]
    complete = next((act for act in since if act.has(round_.pairing.answered_by)), None)
    requested = next((act for act in since if "petition" in effects_of(documents, act, Category.PETITION)), None)
    filed = next((act for act in since if act.has(round_.pairing.partial)), None)
    answer = complete or requested or filed
    return round_ if answer is None else round_._replace(answer=answer)


def _lives_since(loss: Abandonment) -> date:
    """Return the day on which the application is seen to live again."""
    return loss.alive.day if loss.alive else date.max
