"""Language tools: inflection, tokens, dates, money, names and e-mail addresses."""
