"""Identity: who the caller is, and where a client finds the token endpoint.

Emulated: host metadata, OIDC discovery, OAuth client credentials, SCIM Me.
Differs: a workspace has one principal; the secret of the OAuth flow is the workspace's token, whatever the client id.
Refused: users, groups and service principals as resources (issue on grants).
"""
