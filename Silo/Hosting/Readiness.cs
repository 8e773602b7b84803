namespace MmoOrleans.Silo.Hosting;

/// <summary>Whether this silo has said READY, and what it waits for until then. For health checks.</summary>
internal sealed class Readiness
{
    private volatile string _waitingFor = "the silo starts";

    /// <summary>Empty when ready.</summary>
    public string WaitingFor
    {
        get => _waitingFor;
        set => _waitingFor = value;
    }

    public bool IsReady => _waitingFor.Length == 0;
}
