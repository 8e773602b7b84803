namespace MmoOrleans.Benchmarks.Floor;

/// <summary>A way to serve sockets: reads and forgets, and writes the same bytes to everybody.</summary>
internal interface IFloorTransport : IAsyncDisposable
{
    /// <summary>Takes connections from now on; answers the port.</summary>
    Task<int> Listen();

    /// <summary>One write per connection; one that has not taken the last is passed over.</summary>
    void WriteToAll(byte[] frame);
}
