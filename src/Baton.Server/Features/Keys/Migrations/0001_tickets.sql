-- Looked up before the workspace is known. home_id is the workspace that holds the key, workspace_id where it acts.
CREATE TABLE ticket (
    ticket_hash  bytea  NOT NULL PRIMARY KEY,
    workspace_id text   NOT NULL,
    home_id      text   NOT NULL,
    key_id       text   NOT NULL,
    agent_id     text,
    path         text   NOT NULL,
    expires_at   bigint NOT NULL
);
