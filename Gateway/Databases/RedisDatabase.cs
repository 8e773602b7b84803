using System.Net;
using MmoOrleans.Gateway.Configuration;
using StackExchange.Redis;

namespace MmoOrleans.Gateway.Databases;

/// <summary>A Redis server. Orleans' parts each hold a connection of their own.</summary>
public sealed class RedisDatabase(DatabaseSettings settings) : ISharedDatabase
{
    /// <summary>A connection string to start from.</summary>
    public const string Example = "\"db1:6379,password=...\"";

    private const int PatienceInMilliseconds = 5000;
    private const int MomentInMilliseconds = 2000;

    // Less would give up connections that are still being made.
    private const int ReconnectInMilliseconds = 1000;

    public string Name { get; } = $"Redis at {string.Join(", ", ConfigurationOptions.Parse(settings.ConnectionString).EndPoints.Select(Words))}";

    /// <summary>Whether the text can be read and names a server.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return false; // What exactly is wrong may quote a part of the password.
        }
    }

    /// <summary>For connections that last: they come back by themselves when the server does.</summary>
    public ConfigurationOptions Lasting()
    {
        var options = Options(abortOnConnectFail: false);
        // Otherwise what is asked of a server that is gone waits five seconds in a queue, as if that server hung, and what was never sent has an unknown outcome.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        // It is refused meanwhile: not for up to ten seconds more than the server was away.
        options.ReconnectRetryPolicy = new ExponentialRetry(ReconnectInMilliseconds, 2 * ReconnectInMilliseconds);
        return options;
    }

    /// <summary>A connection for a moment, which fails when the server does not answer.</summary>
    public async Task<ConnectionMultiplexer> Connect(CancellationToken cancellation)
    {
        var options = Options(abortOnConnectFail: true);
        options.ConnectRetry = 1;
        // It takes all of its time even where nobody listens; who waits for the server tries again.
        options.ConnectTimeout = MomentInMilliseconds;
        options.AllowAdmin = true; // To read how it stores.
        return await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(cancellation);
    }

    public async Task Reach(CancellationToken cancellation)
    {
        await using var connection = await Connect(cancellation);
        await connection.GetDatabase().PingAsync().WaitAsync(cancellation);
    }

    public DatabaseTrouble? Explain(Exception failure) => failure switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => new("does not let this user in: wrong user or password", MayPass: false),
        RedisConnectionException lost => new($"does not answer: {lost.FailureType}", MayPass: true),
        RedisTimeoutException or TimeoutException => new("does not answer in time", MayPass: true),
        RedisServerException refusal when IsDenied(refusal) => new($"does not let this user in: {refusal.Message}", MayPass: false),
        RedisServerException refusal => new($"refuses: {refusal.Message}", MayPass: refusal.Message.StartsWith("LOADING", StringComparison.Ordinal)),
        _ => null,
    };

    private static string Words(EndPoint server) => server is DnsEndPoint named ? $"{named.Host}:{named.Port}" : $"{server}";

    private static bool IsDenied(RedisServerException refusal) =>
        Array.Exists(["NOAUTH", "WRONGPASS", "NOPERM"], word => refusal.Message.StartsWith(word, StringComparison.Ordinal));

    private ConfigurationOptions Options(bool abortOnConnectFail)
    {
        var options = ConfigurationOptions.Parse(settings.ConnectionString);
        options.AbortOnConnectFail = abortOnConnectFail;
        options.ConnectTimeout = PatienceInMilliseconds;
        options.ClientName ??= "MmoOrleans";
        return options;
    }
}
