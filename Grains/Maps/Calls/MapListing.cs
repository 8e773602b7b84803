using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>A running map as the directory of its silo reports it: read by another thread, so whole values are swapped.</summary>
internal sealed class MapListing(MapServerConnection connection) : ILocalMap
{
    private volatile MapServerConnection _connection = connection;
    private volatile int _users;

    public MapServerConnection Connection
    {
        get => _connection;
        set => _connection = value;
    }

    public int Users
    {
        get => _users;
        set => _users = value;
    }
}
