"""`lotse alliance import`: the register of municipalities comes into the data folder whole, or not at all."""

import zipfile
from pathlib import Path

import pytest

from bot import gazetteer
from bot.cli import main
from bot.gazetteer import FILE, Gazetteer
from tests.alliance import gazette

VILLAGES = 630
"""In each of the sixteen lands: more than ten thousand together."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as large as the real one."""
    path = tmp_path_factory.mktemp("amtlich") / "GV100AD_31122026.txt"
    path.write_bytes(gazette.file(villages=VILLAGES))
    return path


def test_import(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is taken once; the same file again, also from its ZIP, changes nothing."""
    data = tmp_path / "daten"
    assert main(["alliance", "import", str(whole), "--data-dir", str(data)]) == 0
    assert "10094 Gemeinden" in capsys.readouterr().out
    before = (data / FILE).stat()
    packed = tmp_path / "gv.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(whole, whole.name)
        archive.writestr("GV100AD_Datensatzbeschreibung.pdf", b"%PDF")
    assert main(["alliance", "import", str(packed), "--data-dir", str(data)]) == 0
    assert "nichts hat sich geändert" in capsys.readouterr().out
    assert (data / FILE).stat().st_ino == before.st_ino
    assert [path.name for path in data.iterdir()] == [FILE]
    assert next(place.name for place in Gazetteer(data).places if place.ags == "09761000") == "Augsburg"


def test_what_is_not_fit_replaces_nothing(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that was cut off, is older or is another one: said so, with the line, and the good one stays."""
    data = tmp_path / "daten"
    assert main(["alliance", "import", str(whole), "--data-dir", str(data)]) == 0
    good = (data / FILE).read_bytes()
    cut = tmp_path / "halb.txt"
    cut.write_bytes(whole.read_bytes()[:1_000_000])
    other = tmp_path / "anderes.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("liesmich.txt", "nichts")
    older = tmp_path / "alt.txt"
    older.write_bytes(gazette.file(villages=VILLAGES, day="20201231").replace(b"20261231", b"20201231"))
    capsys.readouterr()
    for path, code, said in (
        (cut, 1, f"{cut}:4"),
        (other, 2, "nicht genau eine Textdatei"),
        (older, 1, "älter (Stand 31.12.2020)"),
        (tmp_path / "fehlt", 2, "es gibt sie nicht"),
        (tmp_path, 2, "Ordner"),
    ):
        assert main(["alliance", "import", str(path), "--data-dir", str(data)]) == code
        captured = capsys.readouterr()
        assert said in captured.out + captured.err
        assert (data / FILE).read_bytes() == good
    assert main(["alliance", "import", str(older), "--force", "--data-dir", str(data)]) == 0
    assert (data / FILE).read_bytes() != good


def test_a_zip_that_cannot_be_read_is_said_to_be_so(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Damaged at any place, with a password, packed in a way that nobody knows: one sentence, and nothing is taken."""
    packed = tmp_path / "gv.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(whole.name, whole.read_bytes()[:20_000])
    good = packed.read_bytes()
    entry = good.index(b"PK\x01\x02")  # the directory: flags from its byte 8 on, the way of packing from 10 on
    places = {"a flag: encrypted": (entry + 8, 1), "packed in way 99": (entry + 10, 99 ^ 8)}
    places |= {f"damaged at {place}": (place, 0xFF) for place in range(len(whole.name) + 30, entry, entry // 50)}
    for what, (place, changed) in places.items():
        spoilt = bytearray(good)
        spoilt[place] ^= changed
        packed.write_bytes(spoilt)
        assert main(["alliance", "import", str(packed), "--data-dir", str(tmp_path / "daten")]) == 2, what
        assert "Das ZIP ist beschädigt" in capsys.readouterr().err, what
    assert not (tmp_path / "daten" / FILE).exists()


def test_a_damaged_register_is_mended_by_an_import(whole: Path, tmp_path: Path) -> None:
    """What cannot be read does not stand in the way of a good one."""
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    assert Gazetteer(tmp_path).places == ()
    assert main(["alliance", "import", str(whole), "--data-dir", str(tmp_path)]) == 0
    assert len(Gazetteer(tmp_path).places) > 10_000


def test_a_full_disk_leaves_the_old_one(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be written whole is not put in place, and nothing is left lying about."""
    assert main(["alliance", "import", str(whole), "--data-dir", str(tmp_path)]) == 0
    register = gazetteer.load(tmp_path)
    assert register is not None
    good = (tmp_path / FILE).read_bytes()

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.gazetteer.os.fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        gazetteer.keep(tmp_path, type(register)(1, "2027-12-31", register.places))
    assert (tmp_path / FILE).read_bytes() == good
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
