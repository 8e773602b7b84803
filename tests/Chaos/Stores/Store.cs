using MmoOrleans.Chaos.Histories;
using MmoOrleans.Databases.Tests;

namespace MmoOrleans.Chaos.Stores;

/// <summary>The database under the silos, whichever it is: what is broken above it or in it, and the rules, are the same.</summary>
public abstract class Store
{
    public static readonly Store Postgres = new PostgresStore();
    public static readonly Store Redis = new RedisStore();

    /// <summary>As the hosts' configuration has it.</summary>
    public abstract string Name { get; }

    /// <summary>Skips the test, visibly, where it is not installed.</summary>
    public abstract void Require();

    /// <summary>Skips a fault that is left out on this database unless somebody asks for every one.</summary>
    public virtual void RequireEveryFault()
    {
    }

    /// <summary>An empty database on the one server that the tests of this process share; its connection string.</summary>
    public abstract Task<string> NewDatabase();

    /// <summary>A server that a test may stop or freeze, on another address of this machine as well when a test needs that.</summary>
    public abstract Task<DatabaseServer> StartNew(string? alsoAt = null);

    /// <summary>What it holds, read from its rows and not through the silos.</summary>
    public abstract Task<StoreDump> Read(string connectionString);
}
