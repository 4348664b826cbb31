"""The improvement loop: two versions of the agent, real traffic, labels, judges, figures, and a decision."""

import os

os.environ.setdefault(
    "LITELLM_LOCAL_MODEL_COST_MAP", "True"
)  # else LiteLLM, once imported, asks the network for prices
os.environ.setdefault("TQDM_DISABLE", "1")  # the loop tells its steps itself
# MLflow 3.17 imports in the threads that log traces and, under a lock, before each evaluation of a prompt: the two can
# wait for each other for ever.
os.environ.setdefault("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")
