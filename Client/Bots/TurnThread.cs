namespace MmoOrleans.Bots;

/// <summary>
/// The one thread that does what a run does many times a second, about once a millisecond until it is disposed: the turns that are due, then what
/// has arrived, a little at a time so that no turn waits long for it. Sleeping in between, instead of waiting for sockets, lets what arrives
/// gather: a generator that is woken for every frame spends its core on being woken.
/// </summary>
internal sealed class TurnThread : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isOver;

    /// <param name="turns">Takes the turns that are due.</param>
    /// <param name="arrivals">Takes in some of what has arrived; true when there may be more.</param>
    public TurnThread(Action turns, Func<bool> arrivals)
    {
        _thread = new Thread(() => Run(turns, arrivals)) { IsBackground = true, Name = "turns" };
        _thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Run(Action turns, Func<bool> arrivals)
    {
        while (!_isOver)
        {
            do turns();
            while (arrivals() && !_isOver);
            Thread.Sleep(1);
        }
    }
}
