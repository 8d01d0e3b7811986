CREATE TABLE `corrections` (
	`tenant_id` text NOT NULL,
	`document_id` text NOT NULL,
	`run` integer NOT NULL,
	`revision` integer NOT NULL,
	`digest` text NOT NULL,
	`key_id` text NOT NULL,
	`reason` text,
	`changes` text NOT NULL,
	`created_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `document_id`, `run`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `document_sketches` (
	`tenant_id` text NOT NULL,
	`band` integer NOT NULL,
	`document_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `band`, `document_id`)
);
--> statement-breakpoint
CREATE INDEX `document_sketches_document` ON `document_sketches` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `lesson_keys` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`lesson_id` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`, `lesson_id`)
);
--> statement-breakpoint
CREATE INDEX `lesson_keys_lesson` ON `lesson_keys` (`tenant_id`,`lesson_id`);--> statement-breakpoint
CREATE TABLE `lessons` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`vendor` text NOT NULL,
	`vendor_name` text,
	`document_id` text NOT NULL,
	`type` text NOT NULL,
	`pointer` text NOT NULL,
	`body` text NOT NULL,
	`created_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `lessons_vendor` ON `lessons` (`tenant_id`,`vendor`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `lessons_document` ON `lessons` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `memories` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`updated_ms` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `documents` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `documents` ADD `revision_token` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `sketch` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `memory_version` integer DEFAULT 0 NOT NULL;