using System.Globalization;
using Microsoft.Extensions.Options;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Orleans.Configuration;
using StackExchange.Redis;

namespace MmoOrleans.Silo.Storage.Redis;

/// <summary>
/// Redis needs no tables, but the form of the keys has a version all the same, so that a later program can tell what it finds and
/// an older one leaves it alone. Setting it is one command that only the first silo carries out.
/// </summary>
internal sealed partial class RedisSchema(RedisDatabase database, IOptions<ClusterOptions> cluster, ILogger<RedisSchema> log) : IDatabasePreparation
{
    internal const int Version = 1;

    public async Task Prepare(CancellationToken cancellation)
    {
        await using var connection = await database.Connect(cancellation);
        var redis = connection.GetDatabase();
        var key = RedisKeys.Schema(cluster.Value.ServiceId);
        await redis.StringSetAsync(key, Version.ToString(CultureInfo.InvariantCulture), when: When.NotExists);
        if (!(await redis.StringGetAsync(key)).TryParse(out int found) || found > Version)
            throw new StorageUnavailableException(
                $"{DatabaseSettings.ConnectionStringKey}: {database.Name} has keys of a newer form than {Version} at {key}: run the newer program that wrote them, or choose another serviceId or database.");
        LogOpened(log, database.Name, Version);
        await WarnOfLoss(redis);
    }

    /// <summary>What a Redis that was set up as a cache would do to records. A server that tells nobody is trusted.</summary>
    private async Task WarnOfLoss(IDatabase redis)
    {
        if (await Setting(redis, "appendonly") == "no")
            LogKeepsNothing(log, database.Name);
        if (await Setting(redis, "maxmemory-policy") is { } policy && policy != "noeviction" && await Setting(redis, "maxmemory") != "0")
            LogEvicts(log, database.Name, policy);
    }

    private static async Task<string?> Setting(IDatabase redis, string name)
    {
        try
        {
            return await redis.ExecuteAsync("CONFIG", "GET", name) is { Length: 2 } pair ? (string?)pair[1] : null;
        }
        catch (RedisServerException)
        {
            return null; // Managed servers often forbid CONFIG.
        }
    }

    [LoggerMessage(3220, LogLevel.Information, "{Database} is open at schema {Version}")]
    private static partial void LogOpened(ILogger log, string database, int version);

    [LoggerMessage(3221, LogLevel.Warning, "{Database} has appendonly off: what players did since its last snapshot is lost when it ends; set appendonly yes")]
    private static partial void LogKeepsNothing(ILogger log, string database);

    [LoggerMessage(3222, LogLevel.Warning, "{Database} has maxmemory-policy {Policy}: it may throw records away when it is full; set noeviction")]
    private static partial void LogEvicts(ILogger log, string database, string policy);
}
