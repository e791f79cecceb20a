"""The deputy's phone: offline shell, queue, sync, receipts."""
