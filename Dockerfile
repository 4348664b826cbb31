# The sandbox in a container: one process tree, no root, no network needed.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python3 -m venv /opt/sandbricks && /opt/sandbricks/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
COPY sandbox/requirements.lock ./
RUN /opt/sandbricks/bin/uv pip install --python /opt/sandbricks/bin/python --require-hashes --compile-bytecode --quiet --no-cache -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY sandbox sandbox
COPY mocks mocks
RUN /opt/sandbricks/bin/uv pip install --python /opt/sandbricks/bin/python --no-build-isolation --no-deps --compile-bytecode --quiet --no-cache . \
    && /opt/sandbricks/bin/uv pip uninstall --python /opt/sandbricks/bin/python --quiet editables hatchling kubernetes pip uv \
    && find /opt/sandbricks -type d -name tests -path "*/site-packages/*" -prune -exec rm -rf {} +

FROM python:3.11-slim
COPY --from=build /opt/sandbricks /opt/sandbricks
RUN mkdir /data && chown 10001:10001 /data && chmod 700 /data
ENV PATH=/opt/sandbricks/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOME=/data SANDBRICKS_DATA=/data SANDBRICKS_BIND=0.0.0.0
USER 10001:10001
VOLUME /data
EXPOSE 8329
HEALTHCHECK --interval=2s --timeout=5s --start-period=30s --retries=3 CMD ["sandbricks", "ready", "--timeout", "1"]
STOPSIGNAL SIGTERM
CMD ["sandbricks", "up"]
