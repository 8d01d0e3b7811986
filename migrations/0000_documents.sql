CREATE TABLE `api_keys` (
	`prefix` text NOT NULL,
	`sha256` text NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`environment` text NOT NULL,
	`scopes` text NOT NULL,
	`created_ms` integer NOT NULL,
	`expires_ms` integer,
	`revoked_ms` integer,
	PRIMARY KEY(`prefix`, `sha256`)
);
--> statement-breakpoint
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant_id`,`created_ms`);--> statement-breakpoint
CREATE TABLE `document_tags` (
	`tenant_id` text NOT NULL,
	`document_id` text NOT NULL,
	`tag` text NOT NULL,
	`created_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `document_id`, `tag`)
);
--> statement-breakpoint
CREATE INDEX `document_tags_tag` ON `document_tags` (`tenant_id`,`tag`,`created_ms`,`document_id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`bucket` integer NOT NULL,
	`parent_id` text,
	`status` text NOT NULL,
	`run` integer NOT NULL,
	`fence` integer NOT NULL,
	`filename` text NOT NULL,
	`format` text,
	`media_type` text,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`requested_type` text,
	`priority` text NOT NULL,
	`metadata` text NOT NULL,
	`max_cost_micros` integer,
	`type` text,
	`page_count` integer,
	`vendor_name` text,
	`vendor_key` text,
	`invoice_number` text,
	`sales_order_header_id` text,
	`document_date` text,
	`due_date` text,
	`currency` text,
	`total_minor` integer,
	`date_rank` text GENERATED ALWAYS AS (coalesce(document_date, '')) VIRTUAL,
	`total_rank` integer GENERATED ALWAYS AS (CASE WHEN total_minor IS NULL THEN -9007199254740991 WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN total_minor * 10000 WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN total_minor * 10 WHEN currency IN ('CLF', 'UYW') THEN total_minor * 1 ELSE total_minor * 100 END) VIRTUAL,
	`review` text,
	`error_code` text,
	`error_message` text,
	`created_ms` integer NOT NULL,
	`updated_ms` integer NOT NULL,
	`completed_ms` integer,
	`deadline_ms` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `documents_created` ON `documents` (`tenant_id`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_date` ON `documents` (`tenant_id`,`date_rank`,`id`);--> statement-breakpoint
CREATE INDEX `documents_total` ON `documents` (`tenant_id`,`total_rank`,`id`);--> statement-breakpoint
CREATE INDEX `documents_status` ON `documents` (`tenant_id`,`status`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_type` ON `documents` (`tenant_id`,`type`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_vendor` ON `documents` (`tenant_id`,`vendor_key`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_invoice_number` ON `documents` (`tenant_id`,`invoice_number`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_sales_order` ON `documents` (`tenant_id`,`sales_order_header_id`,`created_ms`,`id`);--> statement-breakpoint
CREATE INDEX `documents_parent` ON `documents` (`tenant_id`,`parent_id`) WHERE parent_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `outbox` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`document_id` text NOT NULL,
	`run` integer NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`created_ms` integer NOT NULL,
	`delivered_ms` integer,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`tenant_id`,`created_ms`) WHERE delivered_ms IS NULL;--> statement-breakpoint
CREATE INDEX `outbox_document` ON `outbox` (`tenant_id`,`document_id`);--> statement-breakpoint
CREATE TABLE `runs` (
	`tenant_id` text NOT NULL,
	`document_id` text NOT NULL,
	`run` integer NOT NULL,
	`status` text NOT NULL,
	`result_key` text,
	`engine` text,
	`extractor` text,
	`error_code` text,
	`error_message` text,
	`created_ms` integer NOT NULL,
	`started_ms` integer,
	`ended_ms` integer,
	PRIMARY KEY(`tenant_id`, `document_id`, `run`)
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_ms` integer NOT NULL
);
