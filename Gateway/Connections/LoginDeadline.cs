namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// How long a connection may hold a seat without an account. Looked at once a second; the time starts anew with each state, so
/// that who logs out may log in again, and nothing that is said in between extends it.
/// </summary>
internal sealed class LoginDeadline(long openedAt)
{
    private ConnectionState _state = ConnectionState.Connected;
    private long _since = openedAt;

    public bool IsOver(ConnectionState state, ConnectionLimits limits, TimeProvider time)
    {
        if (state != _state)
            (_state, _since) = (state, time.GetTimestamp());
        return PatienceFor(state, limits) is { } patience && time.GetElapsedTime(_since) >= patience;
    }

    private static TimeSpan? PatienceFor(ConnectionState state, ConnectionLimits limits) => state switch
    {
        ConnectionState.Connected => limits.HelloTimeout,
        ConnectionState.Greeted => limits.LoginTimeout,
        _ => null,
    };
}
