namespace MmoOrleans.Sdk.Timing;

/// <summary>Time for a client. A test brings one that it moves by hand.</summary>
public interface IClientClock
{
    /// <summary>Time since some fixed moment; never goes back.</summary>
    TimeSpan Now { get; }

    /// <summary>Ends after this time, or as cancelled.</summary>
    Task Delay(TimeSpan time, CancellationToken cancellation);
}
