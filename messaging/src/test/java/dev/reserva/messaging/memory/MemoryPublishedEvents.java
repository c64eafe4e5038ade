package dev.reserva.messaging.memory;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.transport.ImportedFlag;
import dev.reserva.messaging.transport.PublishedEvents;
import dev.reserva.messaging.transport.Signal;
import java.util.ArrayList;
import java.util.List;

/** What the services of a {@link MemoryDatabase} have published. */
public record MemoryPublishedEvents(MemoryEventLog log, EventCatalogue catalogue)
    implements PublishedEvents {

  @Override
  public Reader open(long position, Signal grown) {
    log.onGrowth(grown::raise);
    return new Reader() {
      private long read = position;

      @Override
      public Part read(int max) {
        List<Message> found = new ArrayList<>();
        for (Entry entry : log.after(read, max)) {
          read = entry.position();
          if (!ImportedFlag.marks(log.flags(read))) {
            found.add(new Message(read, entry.event(), catalogue, null));
          }
        }
        return new Part(found, read);
      }

      @Override
      public void close() {
        // Its signal is raised for ever, and nobody waits.
      }
    };
  }
}
