# The sandbox in a container: one process tree, no root, no network needed.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python3 -m venv /opt/sandbricks && /opt/sandbricks/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
COPY sandbox/requirements.lock ./
RUN /opt/sandbricks/bin/uv pip install --python /opt/sandbricks/bin/python --require-hashes --quiet --no-cache -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY sandbox sandbox
COPY mocks mocks
# MLflow and Chroma declare more than a server of theirs ever imports: plots, scikit-learn, Kubernetes, command lines.
RUN /opt/sandbricks/bin/uv pip install --python /opt/sandbricks/bin/python --no-build-isolation --no-deps --quiet --no-cache . \
    && /opt/sandbricks/bin/uv pip uninstall --python /opt/sandbricks/bin/python --quiet \
        build contourpy cycler durationpy editables fonttools fsspec gunicorn hatchling httptools hf-xet huggingface-hub joblib kiwisolver kubernetes \
        markdown-it-py matplotlib mdurl narwhals oauthlib pathspec pillow pip pluggy prettytable pygments pyparsing pyproject-hooks requests-oauthlib \
        rich scikit-learn scipy setuptools shellingham skops threadpoolctl trove-classifiers typer uvloop uv watchfiles wcwidth websocket-client websockets \
    && cd /opt/sandbricks/lib/python3*/site-packages \
    && rm -rf pyarrow/include pyarrow/src pyarrow/libarrow_flight* pyarrow/libarrow_python_flight* pyarrow/_flight* pyarrow/_substrait* pyarrow/_pyarrow_cpp_tests* \
        pyarrow/_orc* pyarrow/_dataset_orc* pyarrow/_azurefs* pyarrow/_gcsfs* pyarrow/_hdfs* pyarrow/_s3fs* pyarrow/*.py[xd]* \
        onnxruntime/transformers onnxruntime/tools onnxruntime/quantization onnxruntime/datasets \
        onnxruntime/capi/libonnxruntime.so.* sqlalchemy/testing sqlalchemy/dialects/oracle chromadb/test chromadb/cli \
        *.dist-info/sboms numpy/f2py numpy/distutils numpy/_core/include numpy/_core/lib/*.a numpy/random/lib \
    && for library in pyarrow/libarrow_python*.so.*.*.*; do \
        for name in "${library%.*.*}" "${library%.so.*}.so"; do ln -sf "${library##*/}" "$name"; done; done \
    && find . -type d -name tests -prune -exec rm -rf {} + \
    && find . -type f -regex ".*\.\(pyi\|pyx\|pxd\|pxi\|h\|hpp\|c\|cpp\|a\)" -delete \
    && find /opt/sandbricks -type d -name __pycache__ -prune -exec rm -rf {} + \
    && /opt/sandbricks/bin/sandbricks exec -- /opt/sandbricks/bin/python -m sandbox.warm \
    && /opt/sandbricks/bin/python -m compileall -q sandbox mocks && chmod -R a+rX /opt/sandbricks

FROM python:3.11-slim
COPY --from=build /opt/sandbricks /opt/sandbricks
RUN mkdir /data && chown 10001:10001 /data && chmod 700 /data
ENV PATH=/opt/sandbricks/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOME=/data SANDBRICKS_DATA=/data SANDBRICKS_BIND=0.0.0.0
USER 10001:10001
VOLUME /data
EXPOSE 8329
HEALTHCHECK --interval=2s --timeout=5s --start-period=120s --retries=3 CMD ["sandbricks", "ready", "--timeout", "1"]
STOPSIGNAL SIGTERM
CMD ["sandbricks", "up"]
