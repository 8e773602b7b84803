using MmoOrleans.Databases.Tests;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace MmoOrleans.Databases.Tests;

/// <summary>Ends the servers that the tests of this process share.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await PostgresServer.EndShared();
        await RedisServer.EndShared();
    }
}
