ALTER TABLE `documents` ADD `root_id` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `depth` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `documents` ADD `member_path` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `parent_run` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `documents` ADD `page_only` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `documents_root` ON `documents` (`tenant_id`,`root_id`,`size_bytes`) WHERE root_id IS NOT NULL;