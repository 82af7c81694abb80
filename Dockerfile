# Quis in a container: model, vocabulary and starter set inside, data in /data.
FROM python:3.11-slim AS build
WORKDIR /src
# A package index with CPU-only builds of torch keeps the image small on x86-64:
#   docker build --build-arg PIP_EXTRA_INDEX_URL=… .
ARG PIP_EXTRA_INDEX_URL
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN python -m venv /opt/quis \
    && /opt/quis/bin/pip install --no-cache-dir ".[postgres]"

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home quis \
    && install --directory --owner=quis --group=quis /data
COPY --from=build /opt/quis /opt/quis
ENV PATH="/opt/quis/bin:${PATH}" \
    PYTHONUNBUFFERED=1 \
    QUIS_DATA=/data
USER quis
VOLUME /data
HEALTHCHECK --interval=60s --timeout=30s --start-period=120s CMD ["quis", "doctor"]
CMD ["quis", "run"]
