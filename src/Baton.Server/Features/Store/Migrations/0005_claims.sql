-- Who works on a record now, until when, and what releasing it puts back (JSON).
CREATE TABLE store_claim (
    workspace_id text   NOT NULL,
    claim_id     text   NOT NULL,
    namespace    text   NOT NULL,
    key          text   NOT NULL,
    fence        bigint NOT NULL,
    holder       text   NOT NULL,
    claimed_at   bigint NOT NULL,
    lease_until  bigint NOT NULL,
    undo         bytea  NOT NULL,
    PRIMARY KEY (workspace_id, claim_id)
) /* clustered */;

-- Derived, and rebuilt from the records: those that nobody has claimed, by the values at the pointers of a shape of
-- match, oldest first.
CREATE TABLE store_claimable (
    workspace_id text   NOT NULL,
    namespace    text   NOT NULL,
    shape        bigint NOT NULL,
    matched      text   NOT NULL,
    created_seq  bigint NOT NULL,
    key          text   NOT NULL,
    PRIMARY KEY (workspace_id, namespace, shape, matched, created_seq, key)
) /* clustered */;
