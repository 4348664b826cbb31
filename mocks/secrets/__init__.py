"""Secret scopes, secrets and their access control lists.

Emulated: create, list and delete scopes; put, get, list and delete secrets, as text or bytes; `dbutils.secrets` of the
    SDK; ACLs (READ, WRITE, MANAGE), enforced for further principals of the workspace.
Differs: values lie in the workspace's record file, mode 0600, not in a key store; the workspace's owner is an admin.
Refused: scopes over an Azure Key Vault (501).
"""
