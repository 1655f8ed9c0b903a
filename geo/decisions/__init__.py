"""What people decide: reviews, corrections, places added; and what each change moves."""
