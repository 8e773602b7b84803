using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Chat;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Spawning;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>Every feature's registration, as the silo host makes them, on storage that outlives a silo but not the test. One line per feature.</summary>
internal static class World
{
    internal static void Add(ISiloBuilder silo, RowsInMemory rows, StorageFaults faults)
    {
        silo.AddRowsInMemory(rows, faults);
        silo.AddCentral();
        silo.Services.AddPasswordHashing(passwords => passwords.Iterations = 1);
        silo.AddAccounts();
        silo.AddCharacters();
        silo.AddChat();
        silo.AddSpawner();
        silo.Services.AddSingleton<IMapSource>(new TiledMapSource(Path.Combine(AppContext.BaseDirectory, "maps")));
        silo.AddMaps();
    }
}
