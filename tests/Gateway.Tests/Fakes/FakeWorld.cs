using System.Collections.Concurrent;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A cluster as a gateway sees it, in memory: it grants what it is asked unless a test says otherwise.</summary>
public sealed class FakeWorld
{
    public static readonly MapId Home = new("1", "Map001");

    private readonly ConcurrentDictionary<string, FakeUsername> _usernames = new();
    private readonly ConcurrentDictionary<Guid, FakeAccount> _accounts = new();
    private readonly ConcurrentDictionary<Guid, FakeSession> _sessions = new();
    private readonly ConcurrentDictionary<string, FakeMap> _maps = new();

    /// <summary>Who calls one of these now gets an error.</summary>
    public ConcurrentBag<object> DeletedObservers { get; } = [];

    public FakeCentral Central { get; } = new();

    public FakeAccount Account(Guid id) => _accounts.GetOrAdd(id, key => new FakeAccount(key));

    public FakeSession Session(Guid id) => _sessions.GetOrAdd(id, key => new FakeSession(key));

    public FakeMap Map(MapId id) => _maps.GetOrAdd(id.Key, _ => new FakeMap(id));

    /// <summary>How many usernames were ever asked for.</summary>
    public int Usernames => _usernames.Count;

    public FakeUsername Username(string name) => _usernames.GetOrAdd(GrainKeys.Username(name), _ => new FakeUsername());

    public object Grain(Type type, object key) => type.Name switch
    {
        nameof(IUsernameGrain) => _usernames.GetOrAdd((string)key, _ => new FakeUsername()),
        nameof(IAccountGrain) => Account((Guid)key),
        nameof(ISessionGrain) => Session((Guid)key),
        nameof(ICentralGrain) => Central,
        nameof(IMapGrain) => MapId.TryParse((string)key, out var id) ? Map(id) : throw new ArgumentException((string)key),
        var name => throw new NotSupportedException(name),
    };
}
