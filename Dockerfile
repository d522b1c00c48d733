# An image that serves a store: a user without rights, a root that may be read-only, no network needed but the proxy's.
# See docs/serving.md.

FROM python:3.13-slim AS build
WORKDIR /source
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY ontology ontology
COPY queries queries
COPY loaders loaders
COPY graph_api graph_api
# What is downloaded has the hashes of the lock; what is installed is what the server needs of it.
RUN pip download --quiet --no-deps --require-hashes --dest /wheels --requirement requirements.lock \
 && python -m venv /build && /build/bin/pip install --quiet --no-index --find-links /wheels hatchling editables \
 && /build/bin/pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir /wheels . \
 && python -m venv /opt/hankeverkko \
 && /opt/hankeverkko/bin/pip install --quiet --no-index --find-links /wheels 'hankeverkko[server]'

FROM python:3.13-slim
COPY --from=build /opt/hankeverkko /opt/hankeverkko
RUN useradd --system --uid 10001 --no-create-home hankeverkko && install -d -o hankeverkko -m 0700 /data
USER 10001
ENV PATH=/opt/hankeverkko/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HANKEVERKKO_STORE=/data/store \
    HANKEVERKKO_CACHE=/tmp/cache
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["hankeverkko"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
