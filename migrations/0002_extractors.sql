CREATE TABLE `extractors` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`schema` text NOT NULL,
	`created_ms` integer NOT NULL,
	`deleted_ms` integer,
	PRIMARY KEY(`tenant_id`, `name`, `version`)
);
--> statement-breakpoint
ALTER TABLE `documents` ADD `requested_extractor` text;