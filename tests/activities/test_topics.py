"""A round's topic is read in the reader's language where it is a usual one."""

from flask_babel import force_locale

from fieldapp.activities import topics
from fieldapp.activities.round import Round
from fieldapp.database import db

OWN = "三号闸口"


def in_(language: str) -> str:
    with force_locale(language):
        return str(topics.USUAL[1])


def test_a_usual_topic_is_said_in_the_readers_language_whichever_it_was_written_in(cast, outing, visit):
    row = outing(topic="AUTUMN irrigation")
    for language in ("zh", "ug", "en"):
        page = visit("clerk").get("/rounds", query_string={"lang": language}).get_data(as_text=True)
        assert in_(language) in page
        assert in_(language) in visit("clerk").get(f"/rounds/{row.code}", query_string={"lang": language}).get_data(as_text=True)


def test_other_words_stay_as_typed_and_are_named_by_their_script(cast, outing, visit):
    page = (
        visit("clerk").get(f"/rounds/{outing(topic=OWN, vehicle='流动站1号车').code}", query_string={"lang": "ug"}).get_data(as_text=True)
    )
    assert f'<bdi lang="zh">{OWN}</bdi>' in page
    assert '<bdi lang="zh">流动站1号车</bdi>' in page


def test_usual_topics_are_offered_in_the_language_of_the_page(cast, visit):
    page = visit("clerk").get("/rounds/new", query_string={"lang": "ug"}).get_data(as_text=True)
    offered = page.split('<datalist id="usual-topics">')[1].split("</datalist>")[0]
    assert offered.count("<option") == len(topics.USUAL)
    assert f'value="{in_("ug")}"' in offered


def test_who_saves_the_plan_in_another_language_changes_no_topic(cast, outing, visit):
    from tests.reader import visit as read

    row = outing(topic=str(topics.USUAL[1]))
    clerk = visit("clerk")
    form = read(clerk, f"/rounds/{row.code}/plan?lang=ug").form("/plan")
    assert form.values["topic"] == in_("ug")
    reply = clerk.post(form.action, query_string={"lang": "ug"}, data={**form.values, "deputies": [cast["deputy"].id]})
    assert reply.status_code == 303
    db.session.expire_all()
    assert db.session.get(Round, row.id).topic == str(topics.USUAL[1])
