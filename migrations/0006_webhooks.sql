CREATE TABLE `webhook_deliveries` (
	`tenant_id` text NOT NULL,
	`webhook_id` text NOT NULL,
	`event_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`document_id` text,
	`status` integer,
	`error` text,
	`duration_ms` integer NOT NULL,
	`next_ms` integer,
	PRIMARY KEY(`tenant_id`, `webhook_id`, `event_id`, `attempt`, `at_ms`)
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_latest` ON `webhook_deliveries` (`tenant_id`,`webhook_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_document` ON `webhook_deliveries` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`description` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_until_ms` integer DEFAULT 0 NOT NULL,
	`state` text NOT NULL,
	`disabled_reason` text,
	`created_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
