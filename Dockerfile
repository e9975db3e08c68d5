# The bot from its pins: an ordinary user, nothing writable but its volumes, secrets as files (docker-compose.yml).
FROM python:3.11-slim AS build

COPY requirements/lotse.txt /build/lotse.txt
# The pins name every package, so that pip resolves nothing; what does not match its hash is refused.
RUN python -m venv /opt/lotse \
    && /opt/lotse/bin/python -m pip install --no-cache-dir --no-deps --require-hashes --requirement /build/lotse.txt

FROM python:3.11-slim

# 10001: no account of the host, so that what gets out of the container is nobody there.
RUN groupadd --gid 10001 lotse \
    && useradd --uid 10001 --gid lotse --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin lotse \
    && install -d -o lotse -g lotse -m 0700 /data /keys

COPY --from=build /opt/lotse /opt/lotse
COPY playbooks /app/playbooks
COPY bot /app/bot
RUN /opt/lotse/bin/python -m compileall -q /app/bot

WORKDIR /app
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LOTSE_DATA_DIR=/data \
    LOTSE_KEY_FILE=/keys/lotse.keys \
    LOTSE_HTTP_PORT=8080
USER 10001:10001
VOLUME ["/data", "/keys"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/opt/lotse/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["/opt/lotse/bin/python", "-m", "bot"]
CMD ["run"]
