namespace MmoOrleans.Bots;

/// <summary>The one thread that advances the wheels, about once a millisecond, until it is disposed.</summary>
internal sealed class TurnThread : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isOver;

    public TurnThread(params TurnWheel[] wheels)
    {
        _thread = new Thread(() => Run(wheels)) { IsBackground = true, Name = "turns" };
        _thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Run(TurnWheel[] wheels)
    {
        while (!_isOver)
        {
            foreach (var wheel in wheels) wheel.Advance();
            Thread.Sleep(1);
        }
    }
}
