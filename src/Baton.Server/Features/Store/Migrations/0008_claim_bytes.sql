-- Of what a claim keeps for its undo, the bytes that were charged to the workspace, to be given back with the row. 0: made
-- before they were charged.
ALTER TABLE store_claim ADD COLUMN counted_bytes bigint NOT NULL DEFAULT 0;
