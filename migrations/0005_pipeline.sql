CREATE TABLE `dead_letters` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`document_id` text,
	`run` integer,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`created_ms` integer NOT NULL,
	`replayed_ms` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `dead_letters_waiting` ON `dead_letters` (`tenant_id`,`created_ms`,`id`) WHERE replayed_ms IS NULL;--> statement-breakpoint
CREATE INDEX `dead_letters_document` ON `dead_letters` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`token` text NOT NULL,
	`lease_until_ms` integer NOT NULL,
	`attempts` integer NOT NULL,
	`document_id` text NOT NULL,
	`fingerprint` text,
	`status` integer,
	`headers` text,
	`body` text,
	`created_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_document` ON `idempotency_keys` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`tenant_id`,`created_ms`);