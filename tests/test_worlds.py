"""Worlds: what the engine may look at, and that nobody loses the program in which they stand."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.alliance.contact import Area, Settings, Way
from bot.alliance.loading import load as load_areas
from bot.flows.conversation import EMPTY, Conversation, Frame
from bot.flows.exchange import Pressed, Said, Started, Transport
from bot.flows.loading import load
from bot.flows.playbook import Release, link
from bot.flows.program import Program, compile_program
from bot.worlds import Worlds
from tests.understanding.examples import MEMORY, spoken

PLAYBOOKS = Path(__file__).resolve().parent.parent / "playbooks"
TERMINAL = Transport()
TELEGRAM = Transport(name="telegram", encrypted=False, edits=True, real=True)
RECEPTION = Conversation(at=Frame("empfang", "was"))
ELSEWHERE = Conversation(at=Frame("demo_wohnhaus", "stand"))


def read_library(**changed: str) -> dict[str, Program]:
    """The shipped playbooks; `changed`: file -> a title that it has instead of its own."""
    loaded = load({path.name: path.read_bytes() for path in PLAYBOOKS.glob("*.yaml")})
    files = dict(loaded.playbooks)
    for name, title in changed.items():
        files[name] = files[name].model_copy(update={"title": {"de": title}})
    return {name: compile_program(link(file, files)) for name, file in files.items() if file.type != "baustein"}


def read_areas() -> list[Area]:
    """The shipped alliance."""
    return list(
        load_areas({path.name: path.read_bytes() for path in (PLAYBOOKS / "alliance").glob("*.yaml")}).areas.values()
    )


def make(*, allow_drafts: bool = False, **changed: str) -> Worlds:
    """Worlds of the shipped files."""
    library, areas = read_library(**changed), read_areas()
    return Worlds(library, areas, zone="Europe/Berlin", allow_drafts=allow_drafts, memory=MEMORY)


@pytest.mark.parametrize(
    ("transport", "allow_drafts", "drafts"), [(TERMINAL, False, True), (TELEGRAM, False, False), (TELEGRAM, True, True)]
)
def test_drafts_stay_off_real_transports(transport: Transport, allow_drafts: bool, drafts: bool) -> None:
    """Unreleased playbooks and contacts that nobody has called are for terminals, and for trials that say so."""
    worlds = make(allow_drafts=allow_drafts)
    world = worlds.world_for(transport, "09761000", "")
    assert world.drafts is drafts
    assert (world.directory.fingerprint == worlds.directory.fingerprint) is drafts
    assert world.municipality.name == "Augsburg"


def test_made_up_towns_stay_off_real_transports() -> None:
    """The town for trying out is no town whose numbers anybody should call, called or not."""
    areas = [
        area.model_copy(
            update={
                "contacts": {
                    name: one.model_copy(update={"geprueft_am": dt.date(2026, 11, 1), "geprueft_von": "x"})
                    for name, one in area.contacts.items()
                }
            }
        )
        for area in read_areas()
    ]
    fictional = next(area for area in areas if area.fictional)
    worlds = Worlds(read_library(), areas, zone="Europe/Berlin", allow_drafts=False)
    found = worlds.world_for(TELEGRAM, fictional.prefix, "").directory.responsible(
        places={"dienststelle": fictional.prefix},
        incident="",
        kinds=[contact.kind for contact in fictional.contacts.values()],
        audience="",
        at=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC),
        language="de",
        without=frozenset(),
        staff=fictional.prefix,
        most=3,
    )
    assert not {contact.id for contact in found} & fictional.contacts.keys()


def test_mail_goes_to_called_contacts_of_real_towns() -> None:
    """Who stands in `mail_notices` is told by mail once a human has called there; a trial tells drafts as well."""
    contacts: dict[str, dict[str, object]] = {
        name: {
            "kind": "koordination",
            "name": {"de": name},
            "reach": [{"mail": f"{name}@ort.example"}],
            "mark": "bestaetigt",
            "source": "x",
        }
        for name in ("called", "draft", "other")
    }
    contacts["called"] |= {"geprueft_am": dt.date(2026, 11, 1), "geprueft_von": "x"}
    settings = {"mail_notices": ["called", "draft"]}
    town = Area.model_validate({"key": "09761000", "name": {"de": "Ort"}, "settings": settings, "contacts": contacts})
    made_up = town.model_copy(update={"key": "09762000", "fictional": True})

    def mailed(*, allow_drafts: bool) -> Mapping[str, tuple[str, ...]]:
        return Worlds({}, [town, made_up], zone="Europe/Berlin", allow_drafts=allow_drafts).mailed()

    both = ("called@ort.example", "draft@ort.example")
    assert mailed(allow_drafts=False) == {"09761000": ("called@ort.example",)}
    assert mailed(allow_drafts=True) == {"09761000": both, "09762000": both}


def test_a_world_is_made_once() -> None:
    """The same object as long as nothing changed; another one after the files did."""
    worlds = make()
    world = worlds.world_for(TERMINAL, "", "")
    assert worlds.world_for(TERMINAL, "", "") is world
    assert worlds.world_for(TERMINAL, "09761000", "") is not world
    worlds.show(read_library(shitstorm="Anders"), read_areas())
    assert worlds.world_for(TERMINAL, "", "") is not world
    assert worlds.world_for(TERMINAL, "", "").fingerprint != world.fingerprint


def test_who_stands_in_a_revision_stays_in_it() -> None:
    """After an edit new talks begin with the new text, running ones go on with the old."""
    worlds = make()
    old = worlds.library["shitstorm"].revision
    worlds.show(read_library(shitstorm="Anders"), read_areas())
    world = worlds.world_for(TERMINAL, "", old)
    assert world.library["shitstorm"].root.title["de"] == "Anders"
    assert world.running is not None
    assert world.running.root.title["de"] != "Anders"
    assert worlds.knows(old)


def test_numbers_are_todays_in_an_old_talk() -> None:
    """Who stands in an old revision is told what the files of the alliance say now."""
    worlds = make()
    old = worlds.library["shitstorm"].revision
    moved = [
        area.model_copy(
            update={
                "contacts": {
                    name: one.model_copy(update={"reach": (Way(phone="030 23125 999"),)})
                    for name, one in area.contacts.items()
                }
            }
        )
        for area in read_areas()
    ]
    worlds.show(read_library(shitstorm="Anders"), moved)
    world = worlds.world_for(TERMINAL, "00000000", old)
    assert world.running is not None
    assert world.running.root.title["de"] != "Anders"
    found = world.directory.responsible(
        places={"dienststelle": "00000000"},
        incident="",
        kinds=["polizei"],
        audience="",
        at=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC),
        language="de",
        without=frozenset(),
        staff="",
        most=1,
    )
    assert found[0].reach == ("030 23125 999",)


def test_a_municipality_settles_its_own_ways() -> None:
    """What its file says holds for its own people; everybody else has the Lotse's ways."""
    link = "https://matrix.to/#/#lotse:stadt.example"
    settings = Settings(quiet_from=22, quiet_to=6, retention_days=14, matrix_link=link)
    areas = [
        area.model_copy(update={"settings": settings}) if area.prefix == "09761000" else area for area in read_areas()
    ]
    worlds = Worlds(read_library(), areas, zone="Europe/Berlin", allow_drafts=True)
    own, other = (worlds.world_for(TERMINAL, key, "").municipality for key in ("09761000", "13074087"))
    assert (own.quiet_from, own.quiet_to, own.retention_days) == (22, 6, 14)
    assert own.matrix_link == settings.matrix_link
    assert (other.quiet_from, other.quiet_to, other.retention_days, other.matrix_link) == (20, 8, 30, "")


def test_a_revision_comes_back_from_the_store() -> None:
    """A process that never read the old file runs it all the same, from what was stored."""
    before, after = make(), make(shitstorm="Anders")
    old = before.library["shitstorm"].revision
    assert not after.knows(old)
    assert after.world_for(TERMINAL, "", old).running is None
    after.restore(before.stored(old))
    running = after.world_for(TERMINAL, "", old).running
    assert running is not None
    assert running.revision == old
    assert running.root == before.library["shitstorm"].root
    with pytest.raises(LookupError):
        after.stored("0" * 32)


def test_every_shipped_revision_survives_the_store() -> None:
    """What is dumped is read back with the same content, under the same name."""
    ours, theirs = make(), make()
    for name, program in ours.library.items():
        theirs.restore(ours.stored(program.revision))
        assert theirs.world_for(TERMINAL, "", program.revision).running is not None, name


def test_words_are_cleaned_before_they_are_read() -> None:
    """NUL and controls go, more than 8,000 characters are cut and said so; clean words come back as they are."""
    worlds = make()
    said = Said(text="ja\x00\u202e bitte")
    assert worlds.enrich(said, ELSEWHERE) == Said(text="ja bitte")
    cut = worlds.enrich(Said(text="a" * 9_000), ELSEWHERE)
    assert isinstance(cut, Said)
    assert (len(cut.text), cut.cut) == (8_000, True)
    clean = Said(text="ja bitte")
    assert worlds.enrich(clean, ELSEWHERE) is clean
    for other in (Started(), Pressed(token="a", option=0)):
        assert worlds.enrich(other, RECEPTION) is other


@pytest.mark.parametrize(("where", "offers"), [(EMPTY, True), (RECEPTION, True), (ELSEWHERE, False)])
def test_playbooks_are_looked_for_at_the_reception(where: Conversation, offers: bool) -> None:
    """In a playbook an answer is an answer; at the reception, and where nothing is open, it may mean one."""
    found = make().enrich(Said(text="bei mir vorm haus ist eine demo angemeldet"), where)
    assert isinstance(found, Said)
    assert bool(found.offered) is offers
    if offers:
        assert found.offered[0].playbook == "demo_wohnhaus"
        assert len(found.offered) <= 3
        # What was found is not looked for again when the turn is tried once more.
        assert make().enrich(found, where) is found


@pytest.mark.parametrize("where", [EMPTY, RECEPTION, ELSEWHERE])
def test_distress_is_heard_everywhere(where: Conversation) -> None:
    """At the reception and in a playbook, beside what is offered; once heard it stays; commands are none."""
    worlds = make()
    worlds.show(worlds.library, worlds.areas, spoken=spoken().files)
    # The lists are enough until it is learned.
    soon = worlds.enrich(Said(text="Hier hält mich nichts mehr."), where)
    assert isinstance(soon, Said)
    assert soon.distress == ""
    worlds.prepare()
    heard = worlds.enrich(Said(text="Vor meinem Haus ist eine Demo. Hier hält mich nichts mehr."), where)
    assert isinstance(heard, Said)
    assert heard.distress == "self"
    assert bool(heard.offered) is (where is not ELSEWHERE)
    assert worlds.enrich(heard, where) is heard
    for text in ("ich will aufhören", "Bahnhofstraße", "3"):
        said = worlds.enrich(Said(text=text), where)
        assert isinstance(said, Said)
        assert said.distress == ""


def test_an_edit_that_changes_no_example_is_not_learned_anew() -> None:
    """What hears distress stays as it is; an example more is another one."""
    worlds = make()
    before = worlds.matcher
    worlds.show(worlds.library, worlds.areas, spoken=spoken().files)
    first = worlds.matcher
    worlds.show(worlds.library, worlds.areas, spoken=spoken().files)
    assert worlds.matcher is not first
    assert worlds.matcher.concern is first.concern
    worlds.show(worlds.library, worlds.areas)
    assert worlds.matcher.concern is not first.concern
    assert before is not first


HERE = "00000000"


def own_worlds(*, released: bool = False, allow_drafts: bool = False, **changed: object) -> Worlds:
    """Worlds in which Musterstadt has a `demo_wohnhaus` of its own."""
    library = read_library()
    mine = library["demo_wohnhaus"].root.model_copy(update={"title": {"de": "Bei uns"}, **changed})
    files = {**library["demo_wohnhaus"].linked.files, "demo_wohnhaus": mine}
    if released:
        day = dt.date(2026, 11, 1)
        vouch = {name: Release(by="x", at=day, content=file.content_hash()) for name, file in files.items()}
        files = {
            name: file.model_copy(update={"status": "freigegeben", "released": vouch[name]})
            for name, file in files.items()
        }
    program = compile_program(link(files["demo_wohnhaus"], files))
    local = {HERE: {"demo_wohnhaus": program}}
    return Worlds(library, read_areas(), zone="Europe/Berlin", allow_drafts=allow_drafts, local=local)


def test_own_playbook_is_for_those_who_work_there() -> None:
    """By equality of the key; whoever stands in its revision runs it wherever they say they are."""
    worlds = own_worlds()
    world = worlds.world_for(TERMINAL, HERE, "")
    assert world.library_at(HERE)["demo_wohnhaus"].root.title["de"] == "Bei uns"
    assert world.library_at("09761000") is world.library
    revision = worlds.local[HERE]["demo_wohnhaus"].revision
    assert worlds.knows(revision)
    running = worlds.world_for(TERMINAL, "", revision).running
    assert running is worlds.local[HERE]["demo_wohnhaus"]
    assert world.fingerprint != make().world_for(TERMINAL, HERE, "").fingerprint


@pytest.mark.parametrize(("released", "allow_drafts"), [(False, False), (True, False), (False, True)])
def test_draft_never_takes_the_place_of_a_released_text(released: bool, allow_drafts: bool) -> None:
    """On a real transport a municipality's own text holds when a human released it, else the common one."""
    worlds = own_worlds(released=released, allow_drafts=allow_drafts)
    found = worlds.world_for(TELEGRAM, HERE, "").library_at(HERE)["demo_wohnhaus"]
    assert (found.root.title["de"] == "Bei uns") is (released or allow_drafts)


def test_own_words_lead_to_an_own_playbook() -> None:
    """How people say it there is heard there, and nowhere else."""
    worlds = own_worlds(utterances=("der Wurzelpeter war wieder da",), keywords=("wurzelpeter",))
    said = Said(text="wurzelpeter war da")
    there, elsewhere = (
        worlds.enrich(said, Conversation(at=Frame("empfang", "was"), place=place)) for place in (HERE, "09761000")
    )
    assert isinstance(there, Said)
    assert isinstance(elsewhere, Said)
    assert [one.playbook for one in there.offered][:1] == ["demo_wohnhaus"]
    assert elsewhere.offered == ()
