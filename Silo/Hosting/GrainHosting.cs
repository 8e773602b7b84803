using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Chat;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Spawning;
using MmoOrleans.Silo.Storage;

namespace MmoOrleans.Silo.Hosting;

/// <summary>Turns the settings into the grains' options, one call per feature.</summary>
internal static class GrainHosting
{
    public static ISiloBuilder AddMmoGrains(this ISiloBuilder silo, ServerSettings settings, WantedMaps wanted)
    {
        silo.Services.AddPasswordHashing(passwords => passwords.Iterations = settings.Accounts.PasswordIterations);
        return silo
            .AddCentral(channels => channels.Channels = [.. settings.World.Channels.Select(c => new ConfiguredChannel(c.Id, c.Title, c.MaxConnections))])
            // One silo, one process: what a written tail would survive, the stream's memory does not. In a cluster both outlive a silo.
            .AddChat(chat => chat.Durable = settings.Database.IsShared, StorageHosting.SubscriptionStorage(settings.Database, ChatRegistration.SubscriptionStorage))
            .AddMaps(maps => Configure(maps, settings))
            .AddSpawning(spawning => (spawning.Maps, spawning.MapTimeout) = (wanted.Maps, settings.World.SpawnTimeout))
            .AddAccounts(accounts => Configure(accounts, settings.Accounts))
            .AddCharacters(characters => characters.StartMap = wanted.StartMap);
    }

    private static void Configure(MapOptions maps, ServerSettings settings)
    {
        maps.TickRate = settings.World.TickRateHz;
        maps.VisibleRangeMeters = (float)settings.World.VisibleRangeMeters;
        maps.MaxSpeedMetersPerSecond = (float)settings.World.MaxSpeedMetersPerSecond;
        maps.MaxHeightMeters = (float)settings.World.MaxHeightMeters;
        maps.Capacity = settings.World.MaxPlayersPerMap;
        maps.Grace = settings.World.Grace;
        maps.ChatBurst = settings.Chat.Burst;
        maps.ChatInterval = settings.Chat.Interval;
    }

    private static void Configure(AccountOptions accounts, AccountSettings settings)
    {
        accounts.MaxFailures = settings.LoginFailuresPerMinute;
        accounts.TokenLifetime = settings.TokenLifetime;
        accounts.CharacterSlots = settings.MaxCharacters;
        accounts.RequireEmail = settings.RequireEmail;
        accounts.ReservedNames = settings.ReservedNames;
    }
}
