package dev.hermesreaper.agent.testing;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Records with some components replaced, for values that have no such methods of their own. */
public final class Records {
    private Records() {}

    /** {@code record} with the component called {@code name} replaced by {@code value}. */
    public static <R extends Record> R with(R record, String name, Object value) {
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        boolean found = false;
        try {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                boolean isIt = component.getName().equals(name);
                found |= isIt;
                types.add(component.getType());
                values.add(isIt ? value : component.getAccessor().invoke(record));
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no component " + name);
            }
            @SuppressWarnings("unchecked")
            Class<R> type = (Class<R>) record.getClass();
            return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
