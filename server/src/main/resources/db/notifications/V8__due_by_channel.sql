-- A sender looks for what its own channel has to send, however much waits for another channel.
create index message_due_of_channel on notifications.message (channel, due_at) where status = 'PENDING';
drop index notifications.message_due;
