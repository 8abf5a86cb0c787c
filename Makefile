# Short names for those whose fingers say make. The real thing is in bin/ and package.json.
.PHONY: dev test lint migrate

dev:
	bin/dev

test:
	npm test

lint:
	npm run lint

migrate:
	npm run snug -- migrate
